using Sitters;

namespace Shop.Jobs;

/// <summary>Fails twice before it waits.</summary>
public sealed class Stock(Outside outside)
{
    [Sit(MaxAttempts = 3, OnCancel = SitOutcome.ReturnDefault)]
    public async Task Count()
    {
        await Task.Yield();
        if (SitContext.Current.Attempt < 3)
        {
            throw new IOException("The scanner is off.");
        }

        await outside.Answer;
    }
}
