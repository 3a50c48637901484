namespace Sitters;

/// <summary>Settings over the attributes, that change without a build: what the section <c>Sitters</c> of appsettings.json holds.</summary>
/// <remarks>
/// For each setting of a method the first of these counts that sets it: <see cref="Methods"/>, the longest name first; the last of
/// <see cref="Apply"/> that matches; the policy that is named closest; <see cref="Defaults"/>; and then what was compiled in.
/// </remarks>
public sealed class SitterConfiguration
{
    private SitSettings _defaults = new();

    /// <summary>For all sat methods.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SitSettings Defaults
    {
        get => _defaults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _defaults = value;
        }
    }

    /// <summary>
    /// Settings under a name, for methods whose <see cref="SitSettings.Policy"/>, or else <see cref="SitAttribute.Policy"/>, is that name.
    /// </summary>
    public IDictionary<string, SitSettings> Policies { get; } = new Dictionary<string, SitSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// By the full name of a method, <c>Namespace.Type.Method</c>, of a type, or of a namespace: for all sat methods in it. The longest
    /// name that sets something wins. Overloads have one name, and a generic type goes without its type parameters.
    /// </summary>
    public IDictionary<string, SitSettings> Methods { get; } = new Dictionary<string, SitSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>For all sat methods whose full names match a pattern; of those that match, the last one counts.</summary>
    public IList<SitApply> Apply { get; } = [];
}
