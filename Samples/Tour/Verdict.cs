namespace Samples.Tour;

/// <summary>Whether a scene showed what it promises; the problem says what was missing.</summary>
internal sealed record Verdict(Scene Scene, TimeSpan Duration, string? Problem)
{
    public bool IsGood => Problem is null;

    public static Verdict Of(Scene scene, IReadOnlyList<Moment> moments, int exitCode, TimeSpan duration) =>
        new(scene, duration, Problems(scene, moments, exitCode).FirstOrDefault());

    private static IEnumerable<string> Problems(Scene scene, IReadOnlyList<Moment> moments, int exitCode)
    {
        var lines = moments.Where(moment => moment.IsLine).Select(moment => moment.Text).ToArray();
        for (var i = 0; i < Math.Max(lines.Length, scene.Lines.Length); i++)
        {
            var (shown, promised) = (lines.ElementAtOrDefault(i), scene.Lines.ElementAtOrDefault(i));
            if (shown != promised)
            {
                yield return $"line {i + 1} is {Quote(shown)}, not {Quote(promised)}";
            }
        }

        if (moments.Count(moment => moment.Act is not null) < scene.Acts.Count)
        {
            yield return "it ended before everything was sent";
        }

        foreach (var problem in scene.Commands.Select(command => ProblemOf(command, moments)).OfType<string>())
        {
            yield return problem;
        }

        if (StandsStill(moments) is { } line)
        {
            yield return $"'{line}' came while it was paused";
        }

        if (exitCode != scene.ExitCode)
        {
            yield return $"its exit code is {exitCode}, not {scene.ExitCode}";
        }
    }

    private static string? ProblemOf(ToolCommand command, IReadOnlyList<Moment> moments)
    {
        if (moments.FirstOrDefault(moment => moment.Command == command && moment.Answer is not null) is not { Answer: { } answer } told)
        {
            return "it ended before everything was asked";
        }

        return command.Shows.FirstOrDefault(part => !answer.Any(line => line.Contains(part, StringComparison.Ordinal))) is { } missing
            ? $"'sitters {command.Arguments}' does not show '{missing}'"
            : told.ExitCode == command.ExitCode ? null : $"'sitters {command.Arguments}' ended with {told.ExitCode}, not {command.ExitCode}";
    }

    private static string? StandsStill(IReadOnlyList<Moment> moments)
    {
        TimeSpan? paused = null;
        foreach (var moment in moments)
        {
            if (moment.Act is { } act)
            {
                paused = act == Act.Pause ? moment.At : null;
            }
            else if (paused is { } since && moment.At > since + Scene.UntilStill)
            {
                return moment.Text;
            }
        }

        return null;
    }

    private static string Quote(string? line) => line is null ? "missing" : $"'{line}'";
}
