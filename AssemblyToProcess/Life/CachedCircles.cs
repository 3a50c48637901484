using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with a cache that wait for themselves and for one another.</summary>
public class CachedCircles : Scene
{
    [Sit(CacheSize = 10)]
    public async Task<int> Direct(int number) => await Direct(number);

    [Sit(CacheSize = 10)]
    public async Task<int> ThroughHelper(int number) => await Help(number);

    [Sit(CacheSize = 10)]
    public async Task<int> ThroughSat(int number) => await Sat(number);

    [Sit(CacheSize = 10)]
    public async Task<int> There(int number) => await Back(number);

    [Sit(CacheSize = 10)]
    public async Task<int> Back(int number)
    {
        await Task.Yield();
        return await There(number);
    }

    [Sit(CacheSize = 10)]
    public async Task<int> Left(int number)
    {
        await At("left");
        return await Right(number);
    }

    [Sit(CacheSize = 10)]
    public async Task<int> Right(int number)
    {
        await At("right");
        return await Left(number);
    }

    [Sit(CacheSize = 10)]
    public async Task<int> Factorial(int number) => number == 0 ? 1 : number * await Factorial(number - 1);

    [Sit(CacheSize = 10)]
    public async Task<int> Leaf(int number)
    {
        Say("leaf");
        await At("leaf");
        return number;
    }

    [Sit(CacheSize = 10)]
    public async Task<int> One(int number) => await Leaf(number) + 1;

    [Sit(CacheSize = 10)]
    public async Task<int> Two(int number) => await Leaf(number) + 2;

    /// <summary>Catches what the wait for itself ends with, and goes on.</summary>
    [Sit(CacheSize = 10)]
    public async Task<string> Tried(int number)
    {
        try
        {
            return await Tried(number);
        }
        catch (InvalidOperationException)
        {
            return "tried";
        }
    }

    private async Task<int> Help(int number)
    {
        await Task.Yield();
        return await ThroughHelper(number);
    }

    [Sit]
    private async Task<int> Sat(int number)
    {
        await Task.Yield();
        return await ThroughSat(number);
    }
}
