extern alias unwoven;

using AspectInjector.Broker;
using Signal = unwoven::Measured.Signal;

namespace Benchmarks.Subjects;

/// <summary>The same through AspectInjector: an attribute, and an aspect with the pipeline that is woven around the method.</summary>
public class AspectCalls
{
    private readonly Task _ready = Task.CompletedTask;

    /// <summary>What the suspending method waits for.</summary>
    public Signal Signal { get; } = new();

    [Resilient]
    public async Task<int> Alone(int left, int right)
    {
        await _ready;
        return left + right;
    }

    [Resilient]
    public async Task<int> Suspending(int left, int right)
    {
        await Signal.Wait();
        return left + right;
    }
}

[Aspect(Scope.Global)]
[Injection(typeof(ResilientAttribute))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResilientAttribute : Attribute
{
    [Advice(Kind.Around, Targets = Target.Method)]
    public object Around([Argument(Source.Arguments)] object[] arguments, [Argument(Source.Target)] Func<object[], object> target) =>
        PollyCalls.Pipeline.ExecuteAsync(
            static (call, _) => new ValueTask<int>((Task<int>)call.target(call.arguments)), (target, arguments)).AsTask();
}
