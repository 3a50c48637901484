using AspectInjector.Broker;

namespace Benchmarks;

/// <summary>The same through AspectInjector: an attribute, and an aspect with the pipeline that is woven around the method.</summary>
public class AspectCalls
{
    private readonly Task _ready = Task.CompletedTask;

    [Resilient]
    public async Task<int> Alone(int left, int right)
    {
        await _ready;
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
