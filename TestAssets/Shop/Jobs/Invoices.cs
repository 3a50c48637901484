using Sitters;

namespace Shop.Jobs;

/// <summary>Waits in a line, and for what it is made of: calls in a call.</summary>
public sealed class Invoices(Outside outside)
{
    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public async Task PrintAll()
    {
        var mail = new Mail(outside);
        await Task.WhenAll(Print(), mail.Send("invoices@shop.example"), mail.Send("books@shop.example"));
    }

    private async Task Print()
    {
        await outside.Printer.WaitAsync();
        outside.Printer.Release();
    }
}
