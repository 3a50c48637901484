using System.ComponentModel;

namespace Sitters.Runtime.CompilerServices;

/// <summary>Says that the weaver has seen an assembly. It is put there by the weaver, never by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WovenAttribute : Attribute;
