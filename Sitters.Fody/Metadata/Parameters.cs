namespace Sitters.Fody.Metadata;

/// <summary>Tells which parameters of a method need special treatment.</summary>
internal static class Parameters
{
    /// <summary>The flag of <c>allows ref struct</c>; Cecil has no name for it.</summary>
    private const int AllowsByRefLike = 0x20;

    public static bool IsToken(TypeReference type) => type.FullName == "System.Threading.CancellationToken";

    public static bool IsNullableToken(TypeReference type) =>
        type is GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable && IsToken(nullable.GenericArguments[0]);

    public static bool IsAnyToken(ParameterDefinition parameter) =>
        IsToken(parameter.ParameterType) || IsNullableToken(parameter.ParameterType);

    public static bool IsEnumeratorToken(ParameterDefinition parameter) =>
        Has(parameter, "EnumeratorCancellationAttribute");

    /// <summary>What can't be kept across a restart, each as a phrase: "'n' is passed by reference".</summary>
    public static IEnumerable<string> NotRestartable(MethodDefinition method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Problem(parameter.ParameterType) is not { } problem)
            {
                continue;
            }

            yield return parameter.Name.Length == 0 ? ParameterTexts.Captured : ParameterTexts.Of(parameter.Name, problem);
        }

        if (!method.IsStatic && IsByRefLike(method.DeclaringType))
        {
            yield return ParameterTexts.ThisIsRefStruct;
        }
    }

    private static string? Problem(TypeReference type) => type switch
    {
        IModifierType modified => Problem(modified.ElementType),
        ByReferenceType => ParameterTexts.ByReference,
        PointerType or FunctionPointerType => ParameterTexts.Pointer,
        GenericParameter generic => ((int)generic.Attributes & AllowsByRefLike) != 0 ? ParameterTexts.MayBeRefStruct : null,
        _ => type.IsValueType && IsByRefLike(type.Resolve()) ? ParameterTexts.RefStruct : null,
    };

    private static bool IsByRefLike(TypeDefinition? type) =>
        type is not null
        && (type.FullName is "System.TypedReference" or "System.ArgIterator" or "System.RuntimeArgumentHandle"
            || Has(type, "IsByRefLikeAttribute"));

    private static bool Has(ICustomAttributeProvider owner, string name) =>
        owner.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices." + name);
}
