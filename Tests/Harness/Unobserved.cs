using System.Runtime.CompilerServices;

namespace Tests.Harness;

/// <summary>The exceptions that are still unobserved when their tasks are collected.</summary>
internal static class Unobserved
{
    public static async Task<IReadOnlyList<Exception>> After(Func<Task> act)
    {
        var exceptions = new List<Exception>();
        void Add(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (exceptions)
            {
                exceptions.Add(e.Exception);
            }

            e.SetObserved();
        }

        Collect();
        TaskScheduler.UnobservedTaskException += Add;
        try
        {
            await Run(act);
            Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Add;
        }

        return exceptions;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task Run(Func<Task> act)
    {
        await act();

        // Off the stack on which the last task may still be in a register.
        await Task.Yield();
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
