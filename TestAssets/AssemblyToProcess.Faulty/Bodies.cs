using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sitters;

namespace AssemblyToProcess.Faulty;

public abstract class Bodies
{
    [Sit]
    public abstract Task Abstract(); // SIT011 without a line

    [Sit]
    [DllImport("nowhere")]
    public static extern Task Extern(); // SIT011 without a line

    [Sit]
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Hidden")]
    public static extern Task Accessor(Bodies bodies); // SIT011 without a line

    private Task Hidden() => Task.CompletedTask;
}
