using System.Runtime.CompilerServices;

namespace Samples.Tour;

internal static class LineReading
{
    public static async IAsyncEnumerable<string> ReadAllLinesAsync(this TextReader reader, [EnumeratorCancellation] CancellationToken token)
    {
        while (await reader.ReadLineAsync(token) is { } line)
        {
            yield return line;
        }
    }
}
