namespace Sitters.Runtime.Gating;

/// <summary>
/// Where an await resumes: a SynchronizationContext, a TaskScheduler, or (null) the thread pool. The rule is the one of Task.
/// </summary>
internal static class ResumeContext
{
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

    /// <summary>
    /// Resumes a method there that was interrupted, or held back by a pause. Who interrupts or resumes many calls does not wait for the
    /// context of one, whether that hangs, throws, or runs at once what it is given: it is asked by the thread pool.
    /// </summary>
    public static void Post(object? context, IThreadPoolWorkItem resumed)
    {
        if (context is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(resumed, preferLocal: false);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static posted => posted.Item1.To(posted.context), (new Posted(resumed.Execute), context), preferLocal: false);
        }
    }

    /// <summary>Resumes there; on the thread pool if the context refuses, as one that was closed does. Under no lock.</summary>
    public static void Post(object context, Action resumed) => new Posted(resumed).To(context);

    /// <summary>What was posted to a context that may run it and fail nevertheless: it runs once.</summary>
    private sealed class Posted(Action resumed) : IThreadPoolWorkItem
    {
        private static readonly SendOrPostCallback _runInContext = static state => ((Posted)state!).Execute();
        private static readonly Action<object?> _runOnScheduler = static state => ((Posted)state!).Execute();

        /// <summary>0 or 1, exchanged.</summary>
        private int _hasRun;

        public void To(object context)
        {
            try
            {
                if (context is SynchronizationContext synchronization)
                {
                    synchronization.Post(_runInContext, this);
                }
                else
                {
                    Task.Factory.StartNew(
                        _runOnScheduler, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, (TaskScheduler)context);
                }
            }
            catch (Exception)
            {
                // The code of the user's that refuses is not the code that is to run, which must not be lost, nor whoever resumes it fail.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        public void Execute()
        {
            if (Interlocked.Exchange(ref _hasRun, 1) == 0)
            {
                resumed();
            }
        }
    }
}
