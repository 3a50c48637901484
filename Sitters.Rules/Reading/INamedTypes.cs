namespace Sitters.Rules.Reading;

/// <summary>The types that FodyWeavers.xml can name in full: <c>MyApp.Outer.Inner</c> or <c>MyApp.Outer+Inner</c>.</summary>
internal interface INamedTypes
{
    TypeHandle? Find(string name);

    /// <summary>The full names of this assembly's own types, to suggest from.</summary>
    IEnumerable<string> Known();
}
