using Sitters;

namespace AssemblyToProcess.Faulty;

/// <summary>What stands on a type is told at its first code, wherever that is.</summary>
[Sit(RetryJitter = true)]
public class BeginsWithField
{
    private readonly List<int> _numbers = new(); // SIT014

    public BeginsWithField(int number)
        : base()
    {
        _numbers.Add(number);
    }

    public async Task Work() => await Task.Yield();
}

[Sit(RetryJitter = true)]
public class BeginsWithConstructor
{
    public BeginsWithConstructor(int number) // SIT014
    {
        Number = number;
    }

    public int Number { get; set; }

    public async Task Work() => await Task.Yield();
}

[Sit(RetryJitter = true)]
public class BeginsInItsHead(int number) // SIT014
{
    public async Task<int> Work()
    {
        await Task.Yield();
        return number;
    }
}

[Sit(RetryJitter = true)]
public record BeginsAsRecord(int Number) // SIT014
{
    public async Task<int> Work()
    {
        await Task.Yield();
        return Number;
    }
}

[Sit(RetryJitter = true)]
public class BeginsWithProperty
{
    public int Number { get; set; } // SIT014

    public async Task Work() => await Task.Yield();
}

public partial class InParts
{
    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public partial Task<int> Work();

    [Sit(MaxAttempts = 2, RetryJitter = true)]
    public Task<int> this[int index] => Task.FromResult(index); // SIT014

    public Func<int, Task> Lambda { get; } = [Sit(RetryJitter = true)] async (int number) => await Task.Delay(number); // SIT014
}

public partial class InParts
{
    public async partial Task<int> Work()
    { // SIT005
        await Task.Yield();
        return 1;
    }
}

public static class InExtensions
{
    extension(string text)
    {
        [Sit(OnCancel = SitOutcome.ReturnDefault)]
        public async Task<int> CountAsync()
        { // SIT005
            await Task.Yield();
            return text.Length;
        }

        [Sit(OnCancel = SitOutcome.ReturnDefault)]
        public Task<int> Length => Task.FromResult(text.Length); // SIT005
    }
}
