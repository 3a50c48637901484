namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// A call that is given the token, in the place of an argument that was left out, or as the last argument of an overload.
/// </summary>
/// <param name="Omitted">The argument that is replaced.</param>
/// <param name="Overload">What is called instead.</param>
/// <param name="Conversion">What is done to its task.</param>
/// <param name="Parameter">The parameter that takes the token.</param>
/// <param name="IsVirtual">Whether an override may take the overload's place, also where none can take that of what is called.</param>
internal sealed record ForwardedCall(
    (Instruction Address, Instruction Clear, Instruction Load)? Omitted,
    MethodReference? Overload,
    TaskConversion Conversion,
    string Parameter,
    bool IsVirtual = false);
