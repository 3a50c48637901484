namespace Sitters.Fody.References;

/// <summary>
/// Imports through the references that the module already has, whatever their version: Sitters.Runtime may have been compiled against
/// an older framework than the woven assembly, which must not get a second reference to that.
/// </summary>
internal sealed class UnifyingImporter(ModuleDefinition target) : DefaultMetadataImporter(target)
{
    public override AssemblyNameReference ImportReference(AssemblyNameReference reference) =>
        module.AssemblyReferences.FirstOrDefault(known => known.Name == reference.Name) ?? base.ImportReference(reference);
}
