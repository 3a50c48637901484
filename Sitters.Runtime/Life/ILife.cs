namespace Sitters.Runtime;

/// <summary>What drives a call, as the call itself knows it.</summary>
internal interface ILife
{
    object? Result { get; }

    /// <summary>A scope was interrupted: from here on what runs in it has its grace.</summary>
    void OnInterrupted(Scope scope);
}
