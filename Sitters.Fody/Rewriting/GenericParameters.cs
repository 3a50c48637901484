namespace Sitters.Fody.Rewriting;

/// <summary>Repeats generic parameters on a new owner.</summary>
internal static class GenericParameters
{
    public static void Declare(IEnumerable<GenericParameter> originals, IGenericParameterProvider owner)
    {
        foreach (var original in originals)
        {
            var copy = new GenericParameter(original.Name, owner)
            {
                // Only interfaces and delegates may be variant.
                Attributes = original.Attributes & ~GenericParameterAttributes.VarianceMask,
            };
            TrimmerAttributes.CopyNeeds(original, copy);
            owner.GenericParameters.Add(copy);
        }
    }

    /// <summary>Constraints may name any of the parameters, so they follow once all are declared.</summary>
    public static void Constrain(IEnumerable<GenericParameter> originals, IEnumerable<GenericParameter> copies, GenericArguments arguments)
    {
        foreach (var (original, copy) in originals.Zip(copies, (original, copy) => (original, copy)))
        {
            foreach (var constraint in original.Constraints)
            {
                copy.Constraints.Add(new GenericParameterConstraint(arguments.In(constraint.ConstraintType)));
            }
        }
    }
}
