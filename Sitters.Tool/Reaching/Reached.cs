using System.Text.Json;

namespace Sitters.Tool.Reaching;

/// <summary>
/// A process that was reached. Plugins may bring copies of the runtime of their own into it, each with a socket: all of them are asked.
/// </summary>
internal sealed class Reached(IReadOnlyList<Connection> connections) : IDisposable
{
    public Greeting Greeting { get; } = connections[0].Greeting with { Calls = connections.Sum(connection => connection.Greeting.Calls) };

    /// <summary>How long it may say nothing in the middle of an answer.</summary>
    public TimeSpan Patience
    {
        set
        {
            foreach (var connection in connections)
            {
                connection.Patience = value;
            }
        }
    }

    /// <inheritdoc cref="Connection.Ask"/>
    public Answer Ask(Request request, Action<JsonElement>? item = null)
    {
        var answer = Answer.Nothing;
        foreach (var connection in connections)
        {
            answer = answer.And(Answer.Of(connection.Ask(request, item)));
        }

        return answer;
    }

    public void Dispose()
    {
        foreach (var connection in connections)
        {
            connection.Dispose();
        }
    }
}
