namespace Sitters.Runtime.Gating;

/// <summary>
/// Where an await resumes: a SynchronizationContext, a TaskScheduler, or (null) the thread pool. The rule is the one of Task.
/// </summary>
internal static class ResumeContext
{
    private static readonly SendOrPostCallback _resumeInContext = static state => ((IThreadPoolWorkItem)state!).Execute();
    private static readonly Action<object?> _resumeOnScheduler = static state => ((IThreadPoolWorkItem)state!).Execute();

    public static object? Capture()
    {
        var context = SynchronizationContext.Current;
        if (context is not null && context.GetType() != typeof(SynchronizationContext))
        {
            return context;
        }

        var scheduler = TaskScheduler.Current;
        return scheduler == TaskScheduler.Default ? null : scheduler;
    }

    public static void Post(object? context, IThreadPoolWorkItem resumed)
    {
        switch (context)
        {
            case SynchronizationContext synchronization:
                synchronization.Post(_resumeInContext, resumed);
                break;
            case TaskScheduler scheduler:
                Task.Factory.StartNew(_resumeOnScheduler, resumed, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                ThreadPool.UnsafeQueueUserWorkItem(resumed, preferLocal: false);
                break;
        }
    }
}
