using Fody;
using Sitters.Fody.Checking;
using Sitters.Fody.Reading;
using Sitters.Fody.Rewriting;

namespace Sitters.Fody;

/// <summary>What Fody runs on each assembly that is built: reads it, checks it, and if nothing is wrong rewrites it.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    private string _at = "the assembly";

    /// <inheritdoc />
    public override void Execute()
    {
        try
        {
            RefuseWoven();
            var subject = Read();
            if (Report(Checker.Check(subject, At)))
                Rewriter.Rewrite(subject, new RuntimeTypes(this), At);
        }
        catch (WeavingException)
        {
            DeleteOutput();
            throw;
        }
#pragma warning disable CA1031 // A user is owed the name of the method, not the weaver's stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WriteDebug(exception.ToString());
            DeleteOutput();
            throw new WeavingException($"Sitters failed at {_at}, which is a defect of Sitters: {exception.GetType().Name}: {exception.Message} Please report it; [Sit(Disabled = true)] leaves a method out.");
        }
    }

    /// <inheritdoc />
    public override IEnumerable<string> GetAssembliesForScanning() =>
        ["mscorlib", "System", "netstandard", "System.Runtime", "System.Collections", "System.Threading", "System.Threading.Tasks", "Polly.Core", "Sitters", "Sitters.Runtime"];

    private Subject Read()
    {
        var file = new ConfigurationFile(Config, [ProjectDirectoryPath, SolutionDirectoryPath]);
        var types = new TypeFinder(ModuleDefinition, name => ResolveAssembly(name), References ?? "");
        return new SubjectReader(ModuleDefinition, new ConfigurationReader(Config, file, types).Read(), At).Read();
    }

    /// <summary>Tells everything at once; false where there was an error, after which the half-done output must not pass for woven.</summary>
    private bool Report(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = 0;
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.IsError)
            {
                errors++;
                WriteError(diagnostic.ToString(), diagnostic.Place);
            }
            else
            {
                WriteWarning(diagnostic.ToString(), diagnostic.Place);
            }
        }

        return errors == 0
            ? true
            : throw new WeavingException($"Sitters wove nothing: {errors} error{(errors == 1 ? "" : "s")} above.");
    }

    private void RefuseWoven()
    {
        if (ModuleDefinition.Assembly.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == RuntimeTypes.WovenAttribute))
            throw new WeavingException($"Sitters has woven {ModuleDefinition.Assembly.Name.Name} already. Name Sitters once only in FodyWeavers.xml, and build anew.");
    }

    /// <summary>Fody would write the assembly all the same, and the next build would take it as up to date.</summary>
    private void DeleteOutput()
    {
        if (AssemblyFilePath is not null)
            File.Delete(AssemblyFilePath);
    }

    private void At(MethodDefinition method) => _at = Names.Of(method);
}
