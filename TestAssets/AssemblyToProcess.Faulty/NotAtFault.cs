using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Faulty;

/// <summary>An attribute on a type passes over what it can't sit.</summary>
[Sit(CacheSize = 10)]
public abstract class NotAtFault
{
    public int Number => 1;

    public abstract Task Abstract();

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Hidden")]
    public static extern Task<int> Accessor(NotAtFault? notAtFault, int number);

    public void Nothing()
    {
    }

    public async void Forget() => await Task.Yield();

    public Task Ref(ref int number) => Task.FromResult(number);

    public async Task<int> WithResult()
    {
        await Task.Yield();
        return 1;
    }

    public Task WithoutResult() => Task.CompletedTask;

    public async IAsyncEnumerable<int> Stream()
    {
        await Task.Yield();
        yield return 1;
    }

    [Sit(Disabled = true)]
    private static Task<int> Hidden(int number) => Task.FromResult(number);
}
