using System.Xml.Linq;

namespace Sitters.Rules.Reading;

/// <summary>Where in FodyWeavers.xml something is.</summary>
internal interface IConfigurationPlaces
{
    /// <summary>"FodyWeavers.xml" with the line, where it is known.</summary>
    string Describe(XObject node);

    Place? Location(XObject node);
}
