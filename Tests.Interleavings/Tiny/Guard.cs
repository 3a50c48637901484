using Tests.Interleavings.Shims;

namespace Tests.Interleavings.Tiny;

/// <summary>A lock, as rewritten code takes it.</summary>
internal sealed class Guard
{
    private static readonly int _number = Registry.Of("a guard");

    public void Do(Action action)
    {
        var taken = false;
        Shim.Enter(this, ref taken, _number);
        action();
        Shim.Exit(this);
    }
}
