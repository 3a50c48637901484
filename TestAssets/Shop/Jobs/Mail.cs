using Sitters;

namespace Shop.Jobs;

/// <summary>Waits for something that is not known to anybody.</summary>
public sealed class Mail(Outside outside)
{
    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public async Task Send(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        await outside.Answer;
    }
}
