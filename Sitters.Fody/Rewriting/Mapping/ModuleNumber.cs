using System.Text;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>The number by which the runtime finds the map of a module: a hash (FNV-1a) of what the module is.</summary>
internal static class ModuleNumber
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Never 0, which stands for no map at all.</summary>
    public static int Of(ModuleDefinition module)
    {
        var hash = Basis;
        foreach (var part in Encoding.UTF8.GetBytes(module.Assembly.Name.Name).Concat(module.Mvid.ToByteArray()))
        {
            hash = unchecked((hash ^ part) * Prime);
        }

        return hash == 0 ? 1 : unchecked((int)hash);
    }
}
