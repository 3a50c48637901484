using Sitters;

namespace AssemblyToProcess.Streams;

/// <summary>Sat streams inside sat calls, and sat calls inside sat streams.</summary>
public class NestedStreams : Scene
{
    [Sit(CancellationHooks = [nameof(OnOuterCancellation)], RestartHooks = [nameof(OnRestart)])]
    public async Task<int?> Sum(int count)
    {
        var sum = 0;
        try
        {
            await foreach (var number in Numbers(count))
            {
                Say($"got {number}");
                await At($"body {number}");
                sum += number;
            }

            return sum;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(
        OnCancel = SitOutcome.ReturnDefault, CancellationHooks = [nameof(OnInnerCancellation)], CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerable<int> Numbers(int count)
    {
        try
        {
            for (var i = 1; i <= count; i++)
            {
                yield return await Number(i);
            }
        }
        finally
        {
            Say("stream finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnInnermostCancellation)])]
    private async Task<int> Number(int number)
    {
        try
        {
            await At($"{number}");
            return number;
        }
        finally
        {
            Say($"number finally, under {SitContext.Current.Parent?.Name ?? "none"}");
        }
    }

    private void OnOuterCancellation() => Say("outer cancellation");

    private void OnInnerCancellation() => Say("stream cancellation");

    private void OnInnermostCancellation() => Say("number cancellation");
}
