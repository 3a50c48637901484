namespace Sitters.Fody.Mapping;

/// <summary>What is known of the gated awaits of one method.</summary>
internal sealed class MappedMethod(int moduleNumber)
{
    public int ModuleNumber => moduleNumber;
}
