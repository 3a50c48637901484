namespace Sitters.Runtime.Remote;

/// <summary>Why a request is not carried out: a word for programs, and a sentence for people that says what to do.</summary>
internal sealed class RemoteError(string kind, string message) : Exception(message)
{
    public string Kind => kind;

    public static RemoteError Invalid(string message) => new("invalid", message);

    public static RemoteError Unknown(string message) => new("unknown", message);

    public static RemoteError Expired() =>
        new("expired", "The time up to which this was to be carried out is over: nothing was done. Ask again with a later \"until\".");

    public static RemoteError Ambiguous(string beginning) =>
        new("ambiguous", $"Several calls have ids that begin with {beginning}: nothing was done. Give more of the id.");

    public static RemoteError Busy(string message) => new("busy", message);

    public static RemoteError Failed(Exception failure) =>
        new("failed", $"It ended with an exception, and may have been carried out in part: {failure.GetType().FullName}: {failure.Message}");
}
