using Sitters;

namespace AssemblyToProcess.Faulty;

public class KeptParameters
{
    [Sit]
    public Task Ref(ref int number) => Task.FromResult(number); // SIT009

    [Sit]
    public Task Out(out int number)
    { // SIT009
        number = 1;
        return Task.CompletedTask;
    }

    [Sit]
    public Task In(in int number) => Task.FromResult(number); // SIT009

    [Sit]
    public Task Span(ReadOnlySpan<char> text) => Task.FromResult(text.Length); // SIT009

    [Sit]
    public unsafe Task Pointer(int* number) => Task.FromResult(*number); // SIT009

    [Sit]
    public Task Scoped<T>(scoped T value)
        where T : allows ref struct => Task.CompletedTask; // SIT009

    public Task<int> Local(int number)
    {
        return Inner();

        [Sit]
        Task<int> Inner() => Task.FromResult(number); // SIT009
    }
}

public readonly ref struct RefStruct
{
    [Sit]
    public Task Work() => Task.CompletedTask; // SIT009
}
