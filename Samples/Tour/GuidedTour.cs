using System.Diagnostics;

namespace Samples.Tour;

/// <summary>Runs every scene, one after the other, and shows and checks what happens.</summary>
internal static class GuidedTour
{
    public static async Task<int> Run()
    {
        Signal.StopIgnoring();
        var scenes = Scenes.All.ToArray();
        var verdicts = new List<Verdict>();
        var watch = Stopwatch.StartNew();
        Screen.Begin(scenes.Length);
        foreach (var scene in scenes)
        {
            Screen.Open(scene, verdicts.Count + 1, scenes.Length);
            verdicts.Add(await Watch(scene));
        }

        Screen.End(verdicts, watch.Elapsed);
        return verdicts.All(verdict => verdict.IsGood) ? 0 : 1;
    }

    private static async Task<Verdict> Watch(Scene scene)
    {
        var watch = Stopwatch.StartNew();
        var performance = new Performance(scene);
        var moments = new List<Moment>();
        await foreach (var moment in performance.Run())
        {
            moments.Add(moment);
            Screen.Show(moment);
        }

        var verdict = Verdict.Of(scene, moments, performance.ExitCode, watch.Elapsed);
        Screen.Close(verdict, performance.ExitCode, performance.Errors);
        return verdict;
    }
}
