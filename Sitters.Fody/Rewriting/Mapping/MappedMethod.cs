using Sitters.Fody.Rewriting.Forwarding;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>The gated awaits of one method.</summary>
/// <param name="map">The map that numbers them.</param>
/// <param name="method">The method as the user wrote it.</param>
internal sealed class MappedMethod(AwaitMap map, MethodDefinition method)
{
    private readonly List<MappedAwait> _awaits = [];
    private readonly Dictionary<Instruction, int> _numbers = [];

    public MethodDefinition Method => method;

    /// <summary>What the method calls to suspend.</summary>
    public NumberedGate Gate => map.Gate;

    public IReadOnlyList<MappedAwait> Awaits => _awaits;

    /// <summary>Looks at all awaits of the code, before anything is inserted there.</summary>
    /// <param name="code">The method that has the code.</param>
    /// <param name="forwarding">What is done to the calls of which it awaits the outcome.</param>
    /// <param name="awaits">The instruction by which each await is known, and what it awaits.</param>
    public void Read(MethodDefinition code, MethodForwarding forwarding, IReadOnlyList<(Instruction Site, Value Awaited)> awaits)
    {
        // One after the other: searches that would take too long are given up, and forwarding comes first.
        var calls = awaits.Select(await => forwarding.AddAwait(await.Site, await.Awaited)).ToArray();
        var variables = new VariableNames(code);
        var names = new AwaitedNames(forwarding.Graph, code, variables);
        var lines = new AwaitLines(forwarding.Graph, code, variables);
        for (var index = 0; index < awaits.Count; index++)
        {
            var (site, awaited) = awaits[index];
            if (map.TryNumber(out var number))
            {
                var point = lines.Of(site, awaited);
                var isForeign = calls[index].Any(call => map.IsForeign((MethodReference)call.Operand));
                _numbers.Add(site, number);
                _awaits.Add(new MappedAwait(point?.Document.Url, point?.StartLine, names.Of(awaited), isForeign));
            }
        }
    }

    /// <summary>The number of an await; 0 if it has none.</summary>
    public int NumberOf(Instruction site) => _numbers.TryGetValue(site, out var number) ? number : 0;
}
