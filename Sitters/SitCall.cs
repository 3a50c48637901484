namespace Sitters;

/// <summary>One sat call as its <see cref="SitContext"/> knows it; Sitters.Runtime holds the one implementation.</summary>
internal abstract class SitCall
{
    internal abstract CancellationToken Token { get; }

    internal abstract DateTimeOffset StartedAt { get; }

    internal abstract void Pause();

    internal abstract void Resume();

    internal abstract void Restart();

    internal abstract void Cancel();
}
