using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AssemblyToProcess.Life;

namespace Tests.Caching;

/// <summary>Each object has its own cache, whatever its type is, and nothing that looks at the object sees it.</summary>
internal sealed class CacheOwnerTests
{
    [Test]
    public async Task objects_that_share_an_interfaces_method_have_their_own_results()
    {
        ICachedGreeter ann = new CachedGreeter("Ann");
        ICachedGreeter bob = new CachedGreeter("Bob");

        Assert.That(await ann.Greet(1).InTime(), Is.EqualTo("Ann greets 1"));
        Assert.That(await bob.Greet(1).InTime(), Is.EqualTo("Bob greets 1"));
        Assert.That(ann.Greet(1).IsCompleted);
    }

    [Test]
    public async Task values_that_share_an_interfaces_method_have_their_own_results()
    {
        ICachedGreeter ann = new CachedGreeterValue("Ann");
        ICachedGreeter bob = new CachedGreeterValue("Bob");

        Assert.That(await ann.Greet(1).InTime(), Is.EqualTo("Ann greets 1"));
        Assert.That(await bob.Greet(1).InTime(), Is.EqualTo("Bob greets 1"));
    }

    [Test]
    public async Task a_class_with_explicit_layout_keeps_it()
    {
        var subject = new CachedExplicit { Left = 1, Right = 2 };

        Assert.That(await subject.Sum(3).InTime(), Is.EqualTo(6));
        subject.Left = 0;
        Assert.That(await subject.Sum(3).InTime(), Is.EqualTo(6));
        Assert.That(Marshal.SizeOf<CachedExplicit>(), Is.EqualTo(8));
    }

    [Test]
    public async Task a_class_with_sequential_layout_can_be_marshalled()
    {
        var subject = new CachedSequential { First = 1, Second = 2 };
        Assert.That(await subject.Sum(3).InTime(), Is.EqualTo(6));

        var memory = Marshal.AllocHGlobal(Marshal.SizeOf<CachedSequential>());
        try
        {
            Marshal.StructureToPtr(subject, memory, fDeleteOld: false);
            Assert.That(Marshal.ReadInt64(memory, 8), Is.EqualTo(2));
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }

        Assert.That(Marshal.SizeOf<CachedSequential>(), Is.EqualTo(16));
    }

    [Test]
    public async Task instances_of_a_generic_type_have_their_own_results()
    {
        Assert.That(await new CachedOfType<int>(1).Tell(5).InTime(), Is.EqualTo("1 5"));
        Assert.That(await new CachedOfType<int>(2).Tell(5).InTime(), Is.EqualTo("2 5"));
        Assert.That(await new CachedOfType<string>("a").Tell(5).InTime(), Is.EqualTo("a 5"));
        Assert.That(await new CachedOfType<string>("b").Tell(5).InTime(), Is.EqualTo("b 5"));
    }

    [Test]
    public async Task objects_that_are_equal_have_their_own_results()
    {
        var one = new CachedRecord("a");
        var other = new CachedRecord("a");

        var made = await one.Make(1).InTime();

        Assert.That(await other.Make(1).InTime(), Is.Not.SameAs(made));
        Assert.That(await one.Make(1).InTime(), Is.SameAs(made));
    }

    [Test]
    public async Task a_record_stays_equal_and_says_what_it_said()
    {
        var subject = new CachedRecord("a");
        var before = subject.GetHashCode();
        await subject.Make(1).InTime();

        Assert.That(subject, Is.EqualTo(new CachedRecord("a")));
        Assert.That(subject.GetHashCode(), Is.EqualTo(before));
        Assert.That(subject.ToString(), Is.EqualTo("CachedRecord { Name = a }"));
    }

    [Test]
    public async Task what_is_made_from_a_record_has_its_own_results()
    {
        var subject = new CachedRecord("a");
        var made = await subject.Make(1).InTime();

        Assert.That(await (subject with { Name = "b" }).Make(1).InTime(), Is.Not.SameAs(made));
    }

    [Test]
    public async Task a_clone_has_its_own_results()
    {
        var subject = new CachedOriginal { Name = "first" };
        await subject.Tell(1).InTime();
        var clone = subject.Clone();
        clone.Name = "second";

        Assert.That(await clone.Tell(1).InTime(), Is.EqualTo("second 1"));
        Assert.That(await subject.Tell(1).InTime(), Is.EqualTo("first 1"));
    }

    [Test]
    public async Task a_cache_whose_keys_and_results_refer_to_its_instance_dies_with_it()
    {
        var instance = await Task.Run(Use);

        for (var i = 0; i < 10 && instance.IsAlive; i++)
        {
            await Task.Delay(1);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(instance.IsAlive, Is.False);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<WeakReference> Use()
        {
            var subject = new CachedKnot();
            await subject.Itself(subject);
            return new WeakReference(subject);
        }
    }
}
