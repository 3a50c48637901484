using Sitters;

namespace Shop.Jobs;

/// <summary>Waits at the end of many helpers, each in another.</summary>
public sealed class Catalogue(Outside outside)
{
    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public async Task Read(int levels) => await Descend(levels);

    private async Task Descend(int levels)
    {
        if (levels > 0)
        {
            await Descend(levels - 1);
        }
        else
        {
            await outside.Answer;
        }
    }
}
