using System.Text.RegularExpressions;

namespace Sitters.Fody.Model;

/// <summary>Names as the source has them: <c>MyApp.Outer.Inner.Work</c>.</summary>
internal static class Names
{
    // <Work>g__Local|0_0 and <Work>b__0_0
    private static readonly Regex _localFunction = new(@"^<(?<outer>.+)>g__(?<name>[^|]+)\|", RegexOptions.CultureInvariant);
    private static readonly Regex _lambda = new("^<(?<outer>.+)>b__", RegexOptions.CultureInvariant);
    private static readonly Regex _arity = new("`[0-9]+", RegexOptions.CultureInvariant);

    public static string Of(MethodDefinition method) => $"{Of(UserType(method.DeclaringType))}.{SimpleNameOf(method)}";

    public static string Of(TypeReference type) => _arity.Replace(type.FullName, "").Replace('/', '.');

    /// <summary>The type that the user wrote, around what the compiler nested in it for lambdas.</summary>
    public static TypeDefinition UserType(TypeDefinition type)
    {
        while (type.DeclaringType is not null && IsCompilerMade(type.Name))
            type = type.DeclaringType;
        return type;
    }

    public static bool IsCompilerMade(string name) => name.StartsWith("<", StringComparison.Ordinal) || name.StartsWith("_Closure$", StringComparison.Ordinal);

    private static string SimpleNameOf(MethodDefinition method)
    {
        var local = _localFunction.Match(method.Name);
        if (local.Success)
            return $"{Outer(local)}.{local.Groups["name"].Value}";

        var lambda = _lambda.Match(method.Name);
        if (lambda.Success)
            return $"{Outer(lambda)}.lambda";

        return method.IsGetter ? LastPart(method.Name).Substring("get_".Length) : LastPart(method.Name);
    }

    private static string Outer(Match match) => match.Groups["outer"].Value.Trim('<', '>', '$', '.');

    /// <summary>An explicit implementation is called <c>MyApp.IWorker&lt;System.Int32&gt;.Work</c>: the dots inside the brackets don't count.</summary>
    private static string LastPart(string name)
    {
        var depth = 0;
        for (var index = name.Length - 1; index > 0; index--)
        {
            if (name[index] == '>')
                depth++;
            else if (name[index] == '<')
                depth--;
            else if (name[index] == '.' && depth == 0)
                return name.Substring(index + 1);
        }

        return name;
    }
}
