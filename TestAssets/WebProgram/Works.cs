using Sitters;

namespace WebProgram;

/// <summary>Work that requests wait for until it is released. Each that is done is told, so that a test knows whose answer is true.</summary>
internal sealed class Works
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public int Begun => Volatile.Read(ref _begun);

    public void Release() => _released.TrySetResult();

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int> Square(int number)
    {
        Interlocked.Increment(ref _begun);
        await _released.Task;
        await Task.Delay(number % 7);
        Console.WriteLine($"done {number}");
        return number * number;
    }

    private static void OnCancellation() => Console.WriteLine("cancelled");
}
