namespace Sitters.Rules;

/// <summary>What is said of parameters that can't be kept across a restart.</summary>
internal static class ParameterTexts
{
    public const string ByReference = "passed by reference (ref, out or in)";

    public const string Pointer = "a pointer";

    public const string MayBeRefStruct = "of a type that may be a ref struct";

    public const string RefStruct = "a ref struct";

    public const string ThisIsRefStruct = "'this' is a ref struct";

    /// <summary>A local function that is neither async nor static gets its captured variables like this.</summary>
    public const string Captured = "what the local function captures is passed by reference (make it async, or static)";

    public static string Of(string parameter, string problem) => $"'{parameter}' is {problem}";
}
