namespace Sitters;

/// <summary>A configuration was refused, and has changed nothing.</summary>
public sealed class SitterConfigurationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problems">What is wrong, a sentence each.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problems"/> is null.</exception>
    public SitterConfigurationException(IEnumerable<string> problems)
        : this([.. problems ?? throw new ArgumentNullException(nameof(problems))])
    {
    }

    private SitterConfigurationException(string[] problems)
        : base($"The configuration of Sitters is refused:{string.Concat(problems.Select(static problem => $"{Environment.NewLine}- {problem}"))}") =>
        Problems = problems;

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
