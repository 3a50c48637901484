using Tests.Interleavings.Shims;

namespace Tests.Interleavings.Tiny;

/// <summary>A volatile field, whose accesses are scheduling points as those of rewritten code are.</summary>
internal sealed class Cell
{
    private static readonly int _number = Registry.Of("a cell");

    private int _value;

    public int Value
    {
        get
        {
            Shim.Point(this, _number, writes: false);
            return _value;
        }

        set
        {
            Shim.Point(this, _number, writes: true);
            _value = value;
        }
    }

    /// <summary>The value, once all is over.</summary>
    public int Last => _value;

    public bool CompareAndSwap(int expected, int value)
    {
        Shim.Point(this, _number, writes: true);
        if (_value != expected)
        {
            return false;
        }

        _value = value;
        return true;
    }
}
