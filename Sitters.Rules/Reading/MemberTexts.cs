namespace Sitters.Rules.Reading;

/// <summary>What is said of named members, beyond that there is none.</summary>
internal static class MemberTexts
{
    public const string HookShape = "must be a method () or (SitContext) that returns void, Task or ValueTask";

    public const string CacheShape = "must hold an IMemoryCache";

    public static string RetryShape(string? resultName) => resultName is null
        ? "must hold a Polly RetryStrategyOptions or ResiliencePipeline (without a result type: the method has no result)"
        : $"must hold a Polly RetryStrategyOptions or ResiliencePipeline (or one of {resultName})";

    public static string OpenHooksType(string typeName) =>
        $"HooksType {typeName} is an open generic type; close it, such as typeof(Hooks<int>)";

    public static string NotLoaded(string typeName) => $"HooksType {typeName} can't be loaded";

    public static string NotAccessible(string member, string typeName) =>
        $"'{member}' of {typeName} is not accessible: it belongs to another assembly; make it public";
}
