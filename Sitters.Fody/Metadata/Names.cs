using System.Globalization;
using System.Text.RegularExpressions;

namespace Sitters.Fody.Metadata;

/// <summary>Names as the source has them: <c>MyApp.Outer.Inner.Work</c>.</summary>
internal static class Names
{
    private const string Lambda = "lambda";
    private const string Getter = "get_";

    /// <summary>The method that holds the statements of a program without one.</summary>
    private const string TopLevel = "<Main>$";

    // <Work>g__Local|0_0 and <Work>b__0_0
    private static readonly Regex _localFunction = new(@"^<(?<outer>.+)>g__(?<name>[^|]+)\|", RegexOptions.CultureInvariant);
    private static readonly Regex _lambda = new("^<(?<outer>.+)>b__", RegexOptions.CultureInvariant);
    private static readonly Regex _arity = new("`[0-9]+", RegexOptions.CultureInvariant);

    // <Program>F0123...__Hidden, a type that only its file sees: the digits are a hash of the file's path.
    private static readonly Regex _fileLocal = new("<[^<>]*>F[0-9A-F]{64}__", RegexOptions.CultureInvariant);
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

    public static string Of(MethodDefinition method) => $"{Of(UserType(method.DeclaringType))}.{Own(method)}";

    /// <summary>What stands behind the type in the name of a method.</summary>
    public static string Own(MethodDefinition method) => Inner(method.Name)
        ?? (method.Name == TopLevel ? "Main" : method.IsGetter ? Member(method.Name) : LastPart(method.Name));

    /// <summary>A member by the name of its method, which for a property is that of its getter.</summary>
    public static string Member(string method)
    {
        var name = LastPart(method);
        return name.StartsWith(Getter, StringComparison.Ordinal) ? name.Substring(Getter.Length) : name;
    }

    /// <summary>A lambda or local function, as <c>Work.lambda</c> or <c>Work.Local</c>; null for any other method.</summary>
    public static string? Inner(string method)
    {
        if (method.StartsWith("_Lambda$__", StringComparison.Ordinal))
        {
            return Lambda;
        }

        if (method[0] != '<')
        {
            return null;
        }

        var local = _localFunction.Match(method);
        var lambda = _lambda.Match(method);
        return local.Success ? $"{Outer(local)}.{local.Groups["name"].Value}"
            : lambda.Success ? $"{Outer(lambda)}.{Lambda}"
            : null;
    }

    public static string Of(TypeReference type) => _keyword.Replace(
        _fileLocal.Replace(_arity.Replace(type.FullName, ""), "").Replace('/', '.'),
        match => _keywords.TryGetValue(match.Groups["name"].Value, out var keyword) ? keyword : match.Value);

    /// <summary>A type without its namespace, with the type arguments as the source has them.</summary>
    public static string Short(TypeReference type) => type switch
    {
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable => Short(nullable.GenericArguments[0]) + "?",
        GenericInstanceType tuple when tuple.FullName.StartsWith("System.ValueTuple`", StringComparison.Ordinal) =>
            $"({string.Join(", ", tuple.GenericArguments.Select(Short))})",
        GenericInstanceType instance => ShortOf(instance.ElementType, new Queue<TypeReference>(instance.GenericArguments)),
        GenericParameter parameter => parameter.Name,
        ArrayType array => $"{Short(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        IModifierType modified => Short(modified.ElementType),
        PointerType pointer => Short(pointer.ElementType) + "*",
        TypeSpecification other => Short(other.ElementType),
        { Namespace: "System", IsNested: false } when _keywords.TryGetValue(type.Name, out var keyword) => keyword,
        _ => ShortOf(type, new Queue<TypeReference>()),
    };

    /// <summary>A nested type has the arguments of those around it first.</summary>
    private static string ShortOf(TypeReference type, Queue<TypeReference> arguments)
    {
        var outer = type.DeclaringType is { } declaring && !IsCompilerMade(declaring.Name) ? ShortOf(declaring, arguments) + "." : "";
        var parts = type.Name.Split('`');
        var own = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var taken = new List<string>();
        while (taken.Count < own && arguments.Count > 0)
        {
            taken.Add(Short(arguments.Dequeue()));
        }

        return outer + parts[0] + (taken.Count > 0 ? $"<{string.Join(", ", taken)}>" : "");
    }

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
