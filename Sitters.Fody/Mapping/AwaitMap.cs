namespace Sitters.Fody.Mapping;

/// <summary>What is known of the gated awaits of a module, by which the runtime tells where a call waits.</summary>
internal sealed class AwaitMap(ModuleDefinition module)
{
    public int ModuleNumber { get; } = Mapping.ModuleNumber.Of(module);

    /// <summary>The awaits of one method.</summary>
    public MappedMethod ForMethod() => new(ModuleNumber);
}
