namespace Sitters.Fody.Checking;

/// <summary>
/// A timeout that would return <c>default</c> where the result's type says that there always is a result, or would end a stream as if
/// it were complete.
/// </summary>
internal static class ResultChecks
{
    private const byte NotNull = 1;

    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        if (sat.IsStream && sat.HasTimeout && !sat.Settings.IsSet(KnownSettings.OnTimeout))
        {
            yield return Rules.AmbiguousDefault.Broken(
                $"{sat.Name} ends as if it were complete when its time is over, and its reader can't tell. "
                    + "Set OnTimeout = SitOutcome.Throw, or SitCallerOutcome.ReturnDefault where some of the elements are as good as all.",
                sat.Location);
        }

        if (sat.Result is null
            || !sat.HasTimeout
            || sat.OnTimeout != CallerOutcome.ReturnDefault
            || CanSayNone(sat.Method, sat.Result))
        {
            yield break;
        }

        yield return Rules.AmbiguousDefault.Broken(
            $"{sat.Name} returns default when its time is over, but {Names.Of(sat.Result)} can't say \"no result\". "
                + "Make the result nullable, or set OnTimeout = SitOutcome.Throw.",
            sat.Location);
    }

    private static bool CanSayNone(MethodDefinition method, TypeReference result)
    {
        if (result is GenericInstanceType { ElementType.FullName: "System.Nullable`1" })
        {
            return true;
        }

        if (result.IsValueType || result is GenericParameter { HasNotNullableValueTypeConstraint: true })
        {
            return false;
        }

        return Annotation(method) != NotNull;
    }

    /// <summary>
    /// The compiler writes one byte for each reference type (and generic value type) in the return type, outermost first, and a single
    /// one if all are equal. If it writes none, the nearest context counts, which is absent in code without nullable annotations.
    /// </summary>
    private static byte Annotation(MethodDefinition method)
    {
        if (Argument(method.MethodReturnType, "NullableAttribute") is { } own)
        {
            return own is CustomAttributeArgument[] flags ? (byte)flags[flags.Length > 1 ? 1 : 0].Value : (byte)own;
        }

        if (Argument(method, "NullableContextAttribute") is byte ofMethod)
        {
            return ofMethod;
        }

        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (Argument(type, "NullableContextAttribute") is byte ofType)
            {
                return ofType;
            }
        }

        return Argument(method.Module, "NullableContextAttribute") as byte? ?? 0;
    }

    private static object? Argument(ICustomAttributeProvider owner, string attributeName) => owner.CustomAttributes
        .FirstOrDefault(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices." + attributeName)
        ?.ConstructorArguments.FirstOrDefault().Value;
}
