namespace Tests.Gating;

/// <summary>
/// What another weaver does to the awaits is still done, whichever came first; <see cref="CompilationTests"/> has the rest.
/// </summary>
internal sealed class OtherWeaverTests : ControllerFixture
{
    [TestCase("release", true)]
    [TestCase(Compilations.AfterAnother, false)]
    [TestCase(Compilations.BeforeAnother, false)]
    public async Task an_await_resumes_on_its_context_unless_it_was_configured_not_to(string compilation, bool resumesThere)
    {
        var scene = Activator.CreateInstance(
            Compilations.Get(compilation).GetType("AssemblyToProcess.Gating.Interrupts", throwOnError: true)!)!;
        var awaited = new TaskCompletionSource<int>();
        var context = new Posts();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        var call = (Task<int?>)scene.GetType().GetMethod("AwaitsTask")!.Invoke(scene, [awaited.Task])!;
        SynchronizationContext.SetSynchronizationContext(before);

        awaited.SetResult(1);
        await call.InTime();

        Assert.That(context.Count, resumesThere ? Is.Positive : Is.Zero);
    }

    private sealed class Posts : SynchronizationContext
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override void Post(SendOrPostCallback callback, object? state)
        {
            Interlocked.Increment(ref _count);
            base.Post(callback, state);
        }
    }
}
