using System.Threading.Channels;

namespace Tests.Harness;

/// <summary>A SynchronizationContext that does with what is posted to it as the test says.</summary>
internal sealed class Window : SynchronizationContext
{
    private readonly Channel<bool> _posted = Channel.CreateUnbounded<bool>();

    public required Action<Action> OnPost { get; set; }

    /// <summary>One that was closed.</summary>
    public static Window Closed() => new() { OnPost = _ => throw new InvalidOperationException("closed") };

    /// <summary>Completes when something was posted that often.</summary>
    public async Task Posted(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _posted.Reader.ReadAsync().AsTask().InTime();
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        _posted.Writer.TryWrite(true);
        OnPost(() => this.Start(() =>
        {
            d(state);
            return true;
        }));
    }
}
