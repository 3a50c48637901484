using Sitters;

namespace Measured;

/// <summary>A method with a cache.</summary>
public class Lookups
{
    private readonly Task _ready = Task.CompletedTask;

    [Sit(CacheSize = 1000)]
    public async Task<int> Product(int left, int right)
    {
        await _ready;
        return left * right;
    }
}
