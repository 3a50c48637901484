using System.Diagnostics;
using System.Reflection;
using AssemblyToProcess.Tooling;
using Tests.Weaving;

namespace Tests.Tooling;

/// <summary>
/// The stack trace of an exception out of a sat method reads as its source does: like the one of the unwoven method, line by line.
/// </summary>
internal sealed class StackTraceTests
{
    private static readonly Dictionary<Subject, Lazy<(Assembly Unwoven, Assembly Woven)>> _assemblies = new()
    {
        [Subject.Debug] = new(() => (Woven.Before(Subject.Debug).Load(), Weaver.Weave(Subject.Debug).Load())),
        [Subject.Release] = new(() => (Woven.Before(Subject.Release).Load(), Weaver.Weave(Subject.Release).Load())),
    };

    private static IEnumerable<TestCaseData> Methods() =>
        from subject in _assemblies.Keys
        from method in typeof(Thrown).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        select new TestCaseData(subject, method.Name).SetArgDisplayNames(subject.Name.Split('.')[1], method.Name);

    [TestCaseSource(nameof(Methods))]
    public async Task of_the_exception_are_those_of_the_unwoven_method(Subject subject, string method)
    {
        var (unwoven, woven) = _assemblies[subject].Value;

        var expected = Lines((await Thrown(unwoven, method)).StackTrace!);
        var actual = Lines((await Thrown(woven, method)).StackTrace!);

        Assert.That(expected, Has.All.Contains("Thrown.cs:line "));
        if (method == nameof(AssemblyToProcess.Tooling.Thrown.NotAsync))
        {
            // It throws at its caller, through its own first instructions, which have no line.
            expected = [.. expected, "at AssemblyToProcess.Tooling.Thrown.NotAsync(Int32 number)"];
        }

        Assert.That(actual, Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Methods))]
    public async Task in_its_text_and_of_its_frames_are_no_other(Subject subject, string method)
    {
        var (_, woven) = _assemblies[subject].Value;

        var exception = await Thrown(woven, method);

        var expected = Lines(exception.StackTrace!);
        Assert.That(Lines(exception.ToString()), Is.EqualTo(expected));
        Assert.That(Lines(new StackTrace(exception, fNeedFileInfo: true).ToString()), Is.EqualTo(expected));
    }

    private static string[] Lines(string trace) =>
        [.. trace.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("at ") && !line.Contains("+System.Threading.Tasks.Sources.")
                && !line.StartsWith($"at {typeof(StackTraceTests).FullName}.") && !line.StartsWith("at System.")
                && !line.StartsWith("at InvokeStub_"))];

    private static async Task<Exception> Thrown(Assembly assembly, string name)
    {
        var type = assembly.GetType(typeof(Thrown).FullName!)!;
        var method = type.GetMethod(name)!;
        if (method.IsGenericMethodDefinition)
        {
            method = method.MakeGenericMethod(typeof(int));
        }

        try
        {
            switch (method.Invoke(Activator.CreateInstance(type), BindingFlags.DoNotWrapExceptions, null, [7], null))
            {
                case Task task:
                    await task;
                    break;
                case ValueTask task:
                    await task;
                    break;
                case IAsyncEnumerable<int> stream:
                    await foreach (var _ in stream)
                    {
                    }

                    break;
            }
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }

        throw new AssertionException($"{name} did not throw.");
    }
}
