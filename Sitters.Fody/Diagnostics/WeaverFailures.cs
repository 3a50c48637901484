using Fody;

namespace Sitters.Fody.Diagnostics;

/// <summary>What the weaver itself fails at, method by method: the user is owed a name and a place, and all other diagnostics.</summary>
internal sealed class WeaverFailures(string? assemblyFile, Action<string> log)
{
    private readonly List<Diagnostic> _found = [];
    private readonly HashSet<MethodDefinition> _methods = [];

    public IReadOnlyList<Diagnostic> Found => _found;

    /// <summary>Does something for one method; where that fails, nothing more is done for it, and the others have their turn all the same.</summary>
    /// <param name="method">The method.</param>
    /// <param name="step">What to do.</param>
    /// <param name="location">Where the method stands, if that can't be asked any more once the step has begun.</param>
    public void Catch(MethodDefinition method, Action step, SequencePoint? location = null)
    {
        if (_methods.Contains(method))
        {
            return;
        }

        try
        {
            step();
        }
#pragma warning disable CA1031 // Nobody knows beforehand what a defect throws.
        catch (Exception exception) when (exception is not WeavingException)
#pragma warning restore CA1031
        {
            log(exception.ToString());
            var text = $"{Names.Of(method)}: Sitters failed at this method, which is a defect of Sitters: {exception.GetType().Name}: {exception.Message} "
                + "Please report it, with the code below. Until it is mended, [Sit(Disabled = true)] leaves a method out, "
                + "and Checkpoints=\"Sat\" on <Sitters> in FodyWeavers.xml all that are not sat.";
            _methods.Add(method);
            _found.Add(new Diagnostic("SIT000", true, $"{text}{Environment.NewLine}{IlListing.Of(method, assemblyFile)}", location ?? TryLocate(method)));
        }
    }

    private static SequencePoint? TryLocate(MethodDefinition method)
    {
        try
        {
            return SourceLocations.Of(method);
        }
#pragma warning disable CA1031 // Its place may be just what can't be read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
