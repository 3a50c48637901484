using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Methods that consume async streams.</summary>
public class Streams : Scene
{
    [Sit(CancellationHooks = [nameof(OnCancellation)], ExceptionHooks = [nameof(OnException)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<int> ConsumesOwn()
    {
        var sum = 0;
        try
        {
            await foreach (var number in Numbers())
            {
                sum += number;
                Say($"got {number}");
                await At($"body {number}");
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], ExceptionHooks = [nameof(OnException)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<int> Consumes(IAsyncEnumerable<int> numbers)
    {
        var sum = 0;
        try
        {
            await foreach (var number in numbers)
            {
                sum += number;
                Say($"got {number}");
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    private async IAsyncEnumerable<int> Numbers()
    {
        try
        {
            for (var i = 1; i < 4; i++)
            {
                await At($"stream {i}");
                yield return i;
            }
        }
        finally
        {
            Say("stream finally");
        }
    }
}
