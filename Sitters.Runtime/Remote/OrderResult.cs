using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Remote;

/// <summary>What a verb has come to. It is kept for whoever asks again, so it refers to no call.</summary>
internal sealed class OrderResult(IReadOnlyList<Call> calls)
{
    /// <summary>More would make a line too long to be of use.</summary>
    private const int MostIds = 1000;

    private readonly int _calls = calls.Count;
    private readonly Guid[] _ids = [.. calls.Take(MostIds).Select(static call => call.Context.Id)];

    public bool IsDryRun { get; init; }

    /// <summary>It holds for calls too that begin later.</summary>
    public bool IsStanding { get; init; }

    /// <summary>How many of the resumed calls another pause holds.</summary>
    public int StillPaused { get; init; }

    public void WriteTo(Answer answer, bool isRepeated)
    {
        answer.BeginLine();
        var json = answer.Json;
        json.WriteBoolean(Names.Done, true);
        json.WriteNumber(Names.Calls, _calls);
        json.WriteStartArray(Names.Ids);
        foreach (var id in _ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        WriteIf(IsStanding, Names.Standing);
        WriteIf(IsDryRun, Names.DryRun);
        WriteIf(isRepeated, Names.Repeated);
        if (StillPaused > 0)
        {
            json.WriteNumber(Names.StillPaused, StillPaused);
        }

        answer.End();

        void WriteIf(bool holds, System.Text.Json.JsonEncodedText name)
        {
            if (holds)
            {
                json.WriteBoolean(name, true);
            }
        }
    }
}
