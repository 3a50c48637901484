namespace Sitters.Fody.Rewriting;

/// <summary>
/// Makes a private member of this assembly accessible to the sat method that names it. A name in an attribute reaches further than the
/// CLR's access rules: a private hook of a base class or of another type can be named, but not called.
/// </summary>
internal static class Access
{
    public static void Open(MemberUse use, TypeDefinition from)
    {
        if (use.Member!.DeclaringType.Module != from.Module || IsWithin(from, use.Member.DeclaringType))
        {
            return;
        }

        if (use.Method is { } method)
        {
            Open(method, from);
        }
        else if (use.Field is { } field)
        {
            Open(field, from);
        }

        for (var type = use.Member.DeclaringType; type.IsNested && !IsWithin(from, type.DeclaringType); type = type.DeclaringType)
        {
            Open(type);
        }
    }

    private static void Open(MethodDefinition method, TypeDefinition from)
    {
        if (method.IsPrivate || method.IsFamilyAndAssembly)
        {
            method.IsAssembly = true;
        }
        else if (method.IsFamily && !Derives(from, method.DeclaringType))
        {
            method.IsFamilyOrAssembly = true;
        }
    }

    private static void Open(FieldDefinition field, TypeDefinition from)
    {
        if (field.IsPrivate || field.IsFamilyAndAssembly)
        {
            field.IsAssembly = true;
        }
        else if (field.IsFamily && !Derives(from, field.DeclaringType))
        {
            field.IsFamilyOrAssembly = true;
        }
    }

    private static void Open(TypeDefinition type)
    {
        if (type.IsNestedPrivate || type.IsNestedFamilyAndAssembly)
        {
            type.IsNestedAssembly = true;
        }
        else if (type.IsNestedFamily)
        {
            type.IsNestedFamilyOrAssembly = true;
        }
    }

    private static bool IsWithin(TypeDefinition? type, TypeDefinition outer) =>
        type is not null && (type == outer || IsWithin(type.DeclaringType, outer));

    private static bool Derives(TypeDefinition? type, TypeDefinition parent) =>
        type is not null && (type == parent || Derives(type.BaseType?.Resolve(), parent) || Derives(type.DeclaringType, parent));
}
