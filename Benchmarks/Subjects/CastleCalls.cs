extern alias unwoven;

using Castle.DynamicProxy;
using Signal = unwoven::Measured.Signal;

namespace Benchmarks.Subjects;

/// <summary>The same through Castle DynamicProxy: the class is ordinary code, a proxy of it has the pipeline around each call.</summary>
public class CastleCalls
{
    private static readonly ProxyGenerator _proxies = new();

    private readonly Task _ready = Task.CompletedTask;

    public static CastleCalls Create() => _proxies.CreateClassProxy<CastleCalls>(new Interceptor());

    /// <summary>What the suspending method waits for.</summary>
    public Signal Signal { get; } = new();

    public virtual async Task<int> Alone(int left, int right)
    {
        await _ready;
        return left + right;
    }

    public virtual async Task<int> Suspending(int left, int right)
    {
        await Signal.Wait();
        return left + right;
    }

    private sealed class Interceptor : IInterceptor
    {
        public void Intercept(IInvocation invocation) => invocation.ReturnValue = PollyCalls.Pipeline.ExecuteAsync(
            static (call, _) =>
            {
                call.proceed.Invoke();
                return new ValueTask<int>((Task<int>)call.invocation.ReturnValue!);
            },
            (invocation, proceed: invocation.CaptureProceedInfo())).AsTask();
    }
}
