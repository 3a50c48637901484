namespace Sitters.Rules;

/// <summary>What a method knows of its instance, each as the end of a sentence about it.</summary>
internal static class InstanceTexts
{
    public const string HandedOut = "hands its instance to other code";

    public static string Reads(string member) => $"reads '{member}'";

    public static string Calls(string method) => $"calls '{method}' on its instance";
}
