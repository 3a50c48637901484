using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Remote;

/// <summary>Writes a call.</summary>
internal sealed class CallWriter(Answer answer, CallAges ages, bool withTree)
{
    private readonly WaitWriter _waits = new(answer);

    public void Write(Call call)
    {
        var json = answer.Json;
        json.WriteStartObject(Names.Call);
        json.WriteString(Names.Id, call.Context.Id);
        answer.WriteName(Names.Method, call.MethodName);
        json.WriteString(Names.State, Words.Of(call.State));
        json.WriteNumber(Names.Attempt, call.Attempt);
        json.WriteNumber(Names.Restarts, call.Restarts);
        json.WriteString(Names.Started, call.TimeProvider == TimeProvider.System ? call.StartedAt.UtcDateTime : ages.StartOf(call));
        answer.WriteSeconds(Names.Age, ages.Of(call));
        if (call.Parent is { } parent)
        {
            json.WriteString(Names.Parent, parent.Id);
        }

        if (call.LastInterrupt is var interrupt and not SitInterrupt.None)
        {
            json.WriteString(Names.Interrupt, Words.Of(interrupt));
        }

        if (call.LastControl is { } control)
        {
            json.WriteStartObject(Names.Control);
            json.WriteString(Names.Source, Words.Of(control.Source));
            answer.Write(Names.Reason, control.Reason);
            answer.Write(Names.Identity, control.Identity);
            json.WriteEndObject();
        }

        if (withTree)
        {
            _waits.WriteAll(call);
        }
        else
        {
            _waits.WriteInnermost(call);
        }

        json.WriteEndObject();
    }
}
