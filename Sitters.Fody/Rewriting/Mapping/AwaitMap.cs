namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>What is known of the gated awaits of a module, by which the runtime tells where a call waits.</summary>
internal sealed class AwaitMap
{
    /// <summary>What fits beside the traits of an await.</summary>
    private const int MostAwaits = 0xffffff;

    private readonly ModuleDefinition _module;
    private readonly List<MappedMethod> _methods = [];
    private readonly Enclosing _enclosing;
    private readonly ForeignCode _foreign;
    private readonly int _number;
    private int _count;

    /// <param name="subject">The assembly, before it is changed.</param>
    /// <param name="references">What woven code refers to.</param>
    public AwaitMap(Subject subject, ModuleReferences references)
    {
        _module = subject.Module;
        _number = ModuleNumber.Of(subject.Module);
        Gate = new NumberedGate(subject.Module, _number, references);
        _enclosing = new Enclosing(subject.Module);
        _foreign = new ForeignCode(subject);
    }

    public NumberedGate Gate { get; }

    public MappedMethod Add(MethodDefinition method)
    {
        var mapped = new MappedMethod(this, method);
        _methods.Add(mapped);
        return mapped;
    }

    /// <summary>The number of the next await: they are counted through the whole module.</summary>
    /// <returns>False if there are too many.</returns>
    public bool TryNumber(out int number)
    {
        number = _count < MostAwaits ? ++_count : 0;
        return number > 0;
    }

    public bool IsForeign(MethodReference called) => _foreign.Is(called);

    /// <summary>Gives the module its map, once everything else is done.</summary>
    public void Emit()
    {
        if (_count == 0)
        {
            return;
        }

        var mapped = _methods.Where(method => method.Awaits.Count > 0).ToList();
        var known = new HashSet<MethodDefinition>(mapped.Select(entry => entry.Method));

        // The methods around others are there for their names alone where they await nothing.
        for (var index = 0; index < mapped.Count; index++)
        {
            if (_enclosing.MethodAround(mapped[index].Method) is { } outer && known.Add(outer))
            {
                mapped.Add(new MappedMethod(this, outer));
            }
        }

        var name = $"Sitters.Awaits.{_number:x8}";
        _module.Resources.Add(new EmbeddedResource(name, ManifestResourceAttributes.Private, AwaitMapWriter.Write(mapped, _enclosing)));
    }
}
