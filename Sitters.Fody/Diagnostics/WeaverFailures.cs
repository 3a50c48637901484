using Fody;

namespace Sitters.Fody.Diagnostics;

/// <summary>What the weaver itself fails at: each failure names its method and location, and hides no other diagnostic.</summary>
internal sealed class WeaverFailures(string? assemblyFile, Action<string> log)
{
    private readonly List<Finding> _found = [];
    private readonly HashSet<MethodDefinition> _methods = [];

    public IReadOnlyList<Finding> Found => _found;

    /// <summary>Does something for one method. After a failure nothing more is done for that method; the others are not affected.</summary>
    /// <param name="method">The method.</param>
    /// <param name="step">What to do.</param>
    /// <param name="location">Where the method is, if that can't be read any more once the step has begun.</param>
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
#pragma warning disable CA1031 // A defect may throw anything.
        catch (Exception exception) when (exception is not WeavingException)
#pragma warning restore CA1031
        {
            log(exception.ToString());
            _methods.Add(method);
            _found.Add(KnownRules.WeaverFailure.Broken(
                $"{Names.Of(method)}: Sitters failed at this method, which is a defect of Sitters: "
                    + $"{exception.GetType().Name}: {exception.Message} "
                    + "Please report it, with the code below. Until it is fixed, [Sit(Disabled = true)] leaves out a method under [Sit], "
                    + "and Checkpoints=\"Sat\" on <Sitters> in FodyWeavers.xml leaves out all others.",
                location ?? TryLocate(method),
                IlListing.Of(method, assemblyFile)));
        }
    }

    private static SequencePoint? TryLocate(MethodDefinition method)
    {
        try
        {
            return SourceLocations.Of(method);
        }
#pragma warning disable CA1031 // Its location may be the very thing that can't be read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
