using System.Text.Json;

namespace Sitters.Runtime.Remote;

/// <summary>The values of the enums in answers, encoded once.</summary>
internal static class Words
{
    private static readonly JsonEncodedText[] _states = All<SitState>();
    private static readonly JsonEncodedText[] _interrupts = All<SitInterrupt>();
    private static readonly JsonEncodedText[] _sources = All<SitControlSource>();
    private static readonly JsonEncodedText[] _verbs = All<SitVerb>();

    public static JsonEncodedText Of(SitState state) => _states[(int)state];

    public static JsonEncodedText Of(SitInterrupt interrupt) => _interrupts[(int)interrupt];

    public static JsonEncodedText Of(SitControlSource source) => _sources[(int)source];

    public static JsonEncodedText Of(SitVerb verb) => _verbs[(int)verb];

    /// <summary>They count from 0 without a gap.</summary>
    private static JsonEncodedText[] All<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), static name => JsonEncodedText.Encode(name));
}
