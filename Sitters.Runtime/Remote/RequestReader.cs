using System.Text.Json;

namespace Sitters.Runtime.Remote;

/// <summary>Reads a request. Whatever is not exactly as it should be is refused with the reason: a guess could stop the wrong calls.</summary>
internal static class RequestReader
{
    /// <summary>In bytes.</summary>
    public const int LongestLine = 64 * 1024;

    private const int LongestId = 64;

    /// <summary>Ten years: far more than anybody means, and no clock overflows.</summary>
    private const double LongestTime = 10 * 365.25 * 24 * 60 * 60;

    /// <param name="line">The request.</param>
    /// <param name="request">Gets what could be read, also where the rest is refused: its id names the answer.</param>
    /// <returns>False if it is no JSON object at all, so that nothing after it can be trusted either.</returns>
    /// <exception cref="RemoteError">It is one, but not in order.</exception>
    public static bool TryRead(ReadOnlySpan<byte> line, RemoteRequest request)
    {
        if (line.Length > LongestLine || !IsObject(line))
        {
            return false;
        }

        var reader = new Utf8JsonReader(line);
        reader.Read();
        var seen = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader, "A name");
            reader.Read();
            if (!seen.Add(name))
            {
                throw RemoteError.Invalid("A property stands there twice.");
            }

            ReadProperty(ref reader, name, request);
        }

        RequestKinds.Check(request.Do, seen);
        return true;
    }

    /// <summary>The whole of it, first: from then on only the meaning can be wrong.</summary>
    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 8 });
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
                // The reader throws where the text is none.
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void ReadProperty(ref Utf8JsonReader reader, string name, RemoteRequest request)
    {
        switch (name)
        {
            case "id":
                var id = Text(ref reader, name);
                request.Id = id.Length <= LongestId ? id : throw RemoteError.Invalid($"\"id\" has at most {LongestId} characters.");
                break;
            case "do":
                request.Do = Text(ref reader, name);
                break;
            case "until":
                Expect(reader.TokenType == JsonTokenType.String, name, "a time, such as \"2026-01-31T12:00:00Z\"");
                request.Until = reader.TryGetDateTimeOffset(out var until)
                    ? until
                    : throw RemoteError.Invalid("\"until\" is a time, such as \"2026-01-31T12:00:00Z\".");
                break;
            case "methods":
                request.Selection.Methods = Pattern(Text(ref reader, name));
                break;
            case "call":
                ReadCalls(ref reader, request.Selection);
                break;
            case "state":
                request.Selection.State = State(Text(ref reader, name));
                break;
            case "olderThan":
                request.Selection.OlderThan = Time(ref reader, name, mayBeZero: true);
                break;
            case "waitsAt":
                request.Selection.WaitsAt = SourcePlace.Parse(Text(ref reader, name));
                break;
            case "limit":
                Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var limit) && limit > 0, name, "a positive number");
                request.Limit = reader.GetInt32();
                break;
            case "reason":
                request.Reason = Text(ref reader, name);
                break;
            case "identity":
                request.Identity = Text(ref reader, name);
                break;
            case "for":
                request.For = Time(ref reader, name, mayBeZero: false);
                break;
            case "rate":
                var rate = Number(ref reader, name);
                Expect(rate > 0 && double.IsFinite(rate), name, "a positive number of calls per second");
                request.Rate = rate;
                break;
            case "dryRun":
                Expect(reader.TokenType is JsonTokenType.True or JsonTokenType.False, name, "true or false");
                request.DryRun = reader.GetBoolean();
                break;
            default:
                // Refused by its name, with what there is instead, once it is known what is asked for.
                reader.Skip();
                break;
        }
    }

    private static void ReadCalls(ref Utf8JsonReader reader, Selection selection)
    {
        selection.Ids = new CallIdSet();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            selection.Ids.Add(Text(ref reader, "call"));
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            selection.Ids.Add(Text(ref reader, "call"));
        }
    }

    private static string Text(ref Utf8JsonReader reader, string name)
    {
        Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName, name, "text");
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw RemoteError.Invalid($"\"{name}\" is no valid UTF-8.");
        }
    }

    private static double Number(ref Utf8JsonReader reader, string name)
    {
        Expect(reader.TokenType == JsonTokenType.Number, name, "a number");
        return reader.TryGetDouble(out var number) ? number : throw RemoteError.Invalid($"\"{name}\" is no number that can be kept.");
    }

    private static TimeSpan Time(ref Utf8JsonReader reader, string name, bool mayBeZero)
    {
        var seconds = Number(ref reader, name);
        Expect(seconds is >= 0 and <= LongestTime, name, "a number of seconds, of ten years at most");
        var time = TimeSpan.FromSeconds(seconds);
        Expect(mayBeZero || time > TimeSpan.Zero, name, "a number of seconds, more than none");
        return time;
    }

    private static MethodPattern Pattern(string text)
    {
        try
        {
            return MethodPattern.Parse(text);
        }
        catch (ArgumentException refusal)
        {
            throw RemoteError.Invalid(refusal.Message);
        }
    }

    private static SitState State(string text)
    {
        foreach (var state in Enum.GetValues<SitState>())
        {
            if (text.Equals(state.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return state;
            }
        }

        throw RemoteError.Invalid($"\"state\" is one of {string.Join(", ", Enum.GetNames<SitState>())}.");
    }

    private static void Expect(bool holds, string name, string what)
    {
        if (!holds)
        {
            throw RemoteError.Invalid($"\"{name}\" is {what}.");
        }
    }
}
