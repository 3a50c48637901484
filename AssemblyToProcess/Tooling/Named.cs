using System.Reflection;
using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Tooling;

/// <summary>Methods that ask for their own names.</summary>
public class Named
{
    [Sit]
    public async Task<string> CallerOfAsync()
    {
        await Task.Yield();
        return Caller();
    }

    [Sit]
    public Task<string> CallerOfNotAsync() => Task.FromResult(Caller());

    [Sit]
    public Task<string> CurrentMethod(int number) => Task.FromResult(MethodBase.GetCurrentMethod()!.ToString()!);

    [Sit]
    public Task<string> CurrentMethodOfGeneric<T>(T value) => Task.FromResult(MethodBase.GetCurrentMethod()!.ToString()!);

    /// <summary>The next one is a call again, and not the body of the one around it.</summary>
    [Sit]
    public Task<int> Recursive(int depth) => depth == 0
        ? Task.FromResult(Depth())
        : Recursive(depth - 1);

    private static string Caller([CallerMemberName] string name = "") => name;

    private static int Depth()
    {
        var depth = 0;
        for (var call = SitContext.Current; call is not null; call = call.Parent)
        {
            depth++;
        }

        return depth;
    }
}
