namespace Sitters.Runtime.Gating;

/// <summary>A task that carries on a failure which was taken from a source that gives it only once.</summary>
internal static class FailedTask
{
    public static Task<T> Of<T>(Exception failure)
    {
        var task = Task.FromException<T>(failure);

        // Where nobody takes it any more, it must not show up as unobserved.
        _ = task.Exception;
        return task;
    }
}
