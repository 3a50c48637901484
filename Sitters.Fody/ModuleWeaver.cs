using Fody;
using Sitters.Fody.Checking;
using Sitters.Fody.Reading;
using Sitters.Fody.Rewriting;
using Sitters.Fody.Rewriting.Forwarding;
using Sitters.Fody.Rewriting.Gating;
using Sitters.Fody.Rewriting.Mapping;
using Sitters.Fody.Symbols;
using Sitters.Rules.Reading;

namespace Sitters.Fody;

/// <summary>What Fody runs on each assembly that is built: reads it, checks it, and if nothing is wrong rewrites it.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    private BuildOptions? _options;

    /// <inheritdoc />
    public override void Execute()
    {
        try
        {
            RefuseWoven();
            if (HasBuildFiles)
            {
                File.Delete(BuildFile("warnings"));
            }

            var failures = new WeaverFailures(AssemblyFilePath, WriteDebug);
            var subject = Read(failures);
            Report([.. Checker.Check(subject, failures), .. UnknownAwaits.Of(subject, failures), .. failures.Found]);
            var forwarded = new ForwardReport(subject.Configuration.ReportsForwardedTokens);
            var references = new ModuleReferences(this);
            new Rewriter(references, new AwaitMap(subject, references), forwarded).Rewrite(subject, failures);
            Report(failures.Found);
            forwarded.Lines.ToList().ForEach(line => WriteMessage(line, MessageImportance.High));
            if (Options.RemovesSuppressions)
            {
                SuppressedMessages.Remove(ModuleDefinition);
            }

            KeptSymbolReader.PutInto(ModuleDefinition);
        }
        catch (WeavingException)
        {
            DeleteOutput();
            throw;
        }
#pragma warning disable CA1031 // The user gets a sentence, not the weaver's stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WriteDebug(exception.ToString());
            DeleteOutput();
            var failure = KnownRules.WeaverFailure.Broken(
                $"Sitters failed at {ModuleDefinition.Assembly.Name.Name}, which is a defect of Sitters: "
                    + $"{exception.GetType().Name}: {exception.Message} Please report it.",
                location: null);
            throw new WeavingException(failure.Message(Pages));
        }
    }

    /// <inheritdoc />
    public override IEnumerable<string> GetAssembliesForScanning() =>
    [
        "mscorlib", "System", "netstandard", "System.Runtime", "System.Collections", "System.Threading", "System.Threading.Tasks",
        "Polly.Core", .. SittersRuntime.Assemblies,
    ];

    private RulePages Pages => RulePages.Of(GetType().Assembly, AddinDirectoryPath);

    /// <summary>Whether the package's build files have written what they know, and will read what is written for them.</summary>
    private bool HasBuildFiles => AssemblyFilePath is not null && File.Exists(BuildFile("options"));

    private BuildOptions Options => _options ??= HasBuildFiles ? BuildOptions.Read(BuildFile("options")) : BuildOptions.None;

    private string BuildFile(string what) =>
        Path.Combine(Path.GetDirectoryName(AssemblyFilePath)!, $"{Path.GetFileName(ProjectFilePath)}.Sitters.{what}");

    private Subject Read(WeaverFailures failures)
    {
        var file = new ConfigurationFile(Config, [ProjectDirectoryPath, SolutionDirectoryPath]);
        var types = new TypeFinder(ModuleDefinition, name => ResolveAssembly(name), References ?? "");
        return new SubjectReader(ModuleDefinition, new ConfigurationReader(Config, file, types).Read(), failures).Read();
    }

    /// <summary>Reports everything at once. After an error of ours the output must not pass for woven.</summary>
    private void Report(IEnumerable<Finding> findings)
    {
        var pages = Pages;
        var options = Options;
        var verdicts = new Verdicts(options, ModuleDefinition);
        (Finding Finding, Severity Severity)[] told =
        [
            .. findings
                .Select(finding => (Finding: finding, Severity: verdicts.Of(finding)))
                .Where(entry => entry.Severity is not null)
                .Select(entry => (entry.Finding, entry.Severity!.Value)),
        ];

        // The build files hand warnings on with their codes, for which Fody has no place, also as the errors that the project makes of
        // them. They don't come to that after an error of ours.
        if (HasBuildFiles && !Array.Exists(told, entry => entry.Finding.IsError))
        {
            if (told.Length > 0)
            {
                File.AppendAllLines(
                    BuildFile("warnings"),
                    told.Select(entry => entry.Finding.CanonicalLine(entry.Severity, pages, ProjectFilePath, options.SourceFile)));
            }

            return;
        }

        var errors = Of(Severity.Error);
        foreach (var error in errors)
        {
            WriteError(error.Message(pages), InSource(error.Location));
        }

        foreach (var warning in Of(Severity.Warning))
        {
            WriteWarning(warning.Message(pages), InSource(warning.Location));
        }

        if (errors.Length > 0)
        {
            throw new WeavingException($"Sitters wove nothing: {errors.Length} error{(errors.Length == 1 ? "" : "s")} above.");
        }

        SequencePoint? InSource(SequencePoint? point) =>
            point is null ? null : SourceLocations.In(options.SourceFile(point.Document.Url), point);

        Finding[] Of(Severity severity) => [.. told.Where(entry => entry.Severity == severity).Select(entry => entry.Finding)];
    }

    private void RefuseWoven()
    {
        if (ModuleDefinition.Assembly.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == SittersRuntime.WovenAttribute))
        {
            throw new WeavingException(
                $"Sitters has woven {ModuleDefinition.Assembly.Name.Name} already. "
                    + "Name Sitters only once in FodyWeavers.xml, and rebuild.");
        }
    }

    /// <summary>Fody would write the assembly even so, and the next build would take it to be up to date.</summary>
    private void DeleteOutput()
    {
        if (AssemblyFilePath is not null)
        {
            File.Delete(AssemblyFilePath);
        }
    }
}
