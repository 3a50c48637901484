namespace Sitters.Fody.Model;

/// <summary>
/// A member that a setting names: the hook, retry or cache member that was found, as seen from the sat method's type,
/// or the sentence that says why there is none.
/// </summary>
internal sealed record MemberUse(Setting Setting, string Name, IMemberDefinition? Member, TypeReference? DeclaringType, MissingMember? Missing)
{
    public MethodDefinition? Method => Member as MethodDefinition ?? (Member as PropertyDefinition)?.GetMethod;

    public FieldDefinition? Field => Member as FieldDefinition;

    public bool IsStatic => Field?.IsStatic ?? Method!.IsStatic;
}
