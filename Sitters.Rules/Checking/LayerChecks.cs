namespace Sitters.Rules.Checking;

/// <summary>Everything that can be wrong with what one attribute says, whatever it is for.</summary>
internal static class LayerChecks
{
    public static IEnumerable<Finding> Of(Layer layer, Configuration configuration) =>
        PolicyChecks.Of(layer, configuration).Concat(RangeChecks.Of(layer)).Concat(EmptyChecks.Of(layer));
}
