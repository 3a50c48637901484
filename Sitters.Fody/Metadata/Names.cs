using System.Text.RegularExpressions;

namespace Sitters.Fody.Metadata;

/// <summary>Names as the source has them: <c>MyApp.Outer.Inner.Work</c>.</summary>
internal static class Names
{
    // <Work>g__Local|0_0 and <Work>b__0_0
    private static readonly Regex _localFunction = new(@"^<(?<outer>.+)>g__(?<name>[^|]+)\|", RegexOptions.CultureInvariant);
    private static readonly Regex _lambda = new("^<(?<outer>.+)>b__", RegexOptions.CultureInvariant);
    private static readonly Regex _arity = new("`[0-9]+", RegexOptions.CultureInvariant);
    private static readonly Regex _keyword = new(@"\bSystem\.(?<name>\w+)\b(?!\.)", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> _keywords = new()
    {
        ["Boolean"] = "bool",
        ["Byte"] = "byte",
        ["Char"] = "char",
        ["Decimal"] = "decimal",
        ["Double"] = "double",
        ["Single"] = "float",
        ["Int16"] = "short",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Object"] = "object",
        ["SByte"] = "sbyte",
        ["String"] = "string",
        ["UInt16"] = "ushort",
        ["UInt32"] = "uint",
        ["UInt64"] = "ulong",
        ["Void"] = "void",
    };

    public static string Of(MethodDefinition method) => $"{Of(UserType(method.DeclaringType))}.{SimpleNameOf(method)}";

    public static string Of(TypeReference type) => _keyword.Replace(
        _arity.Replace(type.FullName, "").Replace('/', '.'),
        match => _keywords.TryGetValue(match.Groups["name"].Value, out var keyword) ? keyword : match.Value);

    /// <summary>The type that the user wrote, around what the compiler nested in it for lambdas.</summary>
    public static TypeDefinition UserType(TypeDefinition type)
    {
        while (type.DeclaringType is not null && IsCompilerMade(type.Name))
        {
            type = type.DeclaringType;
        }

        return type;
    }

    public static bool IsCompilerMade(string name) =>
        name.StartsWith("<", StringComparison.Ordinal) || name.StartsWith("_Closure$", StringComparison.Ordinal);

    private static string SimpleNameOf(MethodDefinition method)
    {
        var local = _localFunction.Match(method.Name);
        if (local.Success)
        {
            return $"{Outer(local)}.{local.Groups["name"].Value}";
        }

        var lambda = _lambda.Match(method.Name);
        if (lambda.Success)
        {
            return $"{Outer(lambda)}.lambda";
        }

        return method.IsGetter ? LastPart(method.Name).Substring("get_".Length) : LastPart(method.Name);
    }

    private static string Outer(Match match) => match.Groups["outer"].Value.Trim('<', '>', '$', '.');

    /// <summary>
    /// An explicit implementation is called <c>MyApp.IWorker&lt;System.Int32&gt;.Work</c>: the dots inside the brackets don't count.
    /// </summary>
    private static string LastPart(string name)
    {
        var depth = 0;
        for (var index = name.Length - 1; index > 0; index--)
        {
            if (name[index] == '>')
            {
                depth++;
            }
            else if (name[index] == '<')
            {
                depth--;
            }
            else if (name[index] == '.' && depth == 0)
            {
                return name.Substring(index + 1);
            }
        }

        return name;
    }
}
