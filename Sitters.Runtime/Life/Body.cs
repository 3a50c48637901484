namespace Sitters.Runtime;

/// <summary>The woven method with the arguments of one call, for the part of a call's life that has left the fast path.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal abstract class Body<T> : IHookSource
{
    /// <summary>Calls the method's own body.</summary>
    /// <returns>Its task, or null where a body that is not async returned that.</returns>
    public abstract Task? Invoke(Frame frame);

    /// <summary>The result of the task that <see cref="Invoke"/> gave.</summary>
    public abstract T Result(Task task);

    public abstract ValueTask Hook(int id, SitContext context);

    public abstract object? Retry();

    public abstract CancellationToken Token(int index);
}

/// <inheritdoc/>
internal sealed class Body<TMethod, TTask, TShape, T>(TMethod method) : Body<T>
    where TMethod : struct, ISatMethod<TTask>
    where TShape : struct, IShape<TTask, T>
{
    private readonly TMethod _method = method;

    public override Task? Invoke(Frame frame) => TShape.AsTask(_method.Invoke(frame));

    public override T Result(Task task) => TShape.Result(task);

    public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

    public override object? Retry() => _method.Retry();

    public override CancellationToken Token(int index) => _method.Token(index);
}
