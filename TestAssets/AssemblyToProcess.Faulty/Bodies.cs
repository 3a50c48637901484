using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sitters;

namespace AssemblyToProcess.Faulty;

public abstract class Bodies
{
    [Sit]
    public abstract Task Abstract(); // SIT011 without a place

    [Sit]
    [DllImport("nowhere")]
    public static extern Task Extern(); // SIT011 without a place

    [Sit]
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Hidden")]
    public static extern Task Accessor(Bodies bodies); // SIT011 without a place

    private Task Hidden() => Task.CompletedTask;
}
