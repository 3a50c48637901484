using System.Text.RegularExpressions;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>The names of variables as the source has them, whatever the compiler made of them.</summary>
internal sealed class VariableNames
{
    // <name>5__2 and <Name>k__BackingField; $VB$Local_name and $VB$ResumableLocal_name$0
    private static readonly Regex _field = new(@"^<(?<name>\w+)>(?:5__|k__)", RegexOptions.CultureInvariant);
    private static readonly Regex _visualBasic = new(@"^\$VB\$(?:Resumable)?Local_(?<name>\w+?)(?:\$\d+)?$", RegexOptions.CultureInvariant);

    /// <summary>For each local its variables in the order of the code: several may share it one after the other.</summary>
    private readonly Dictionary<int, List<(int From, int To, string Name)>> _locals = [];

    public VariableNames(MethodDefinition code)
    {
        if (code.DebugInformation.Scope is { } outermost)
        {
            Read(outermost);
        }

        foreach (var variables in _locals.Values)
        {
            variables.Sort();
        }
    }

    /// <summary>The name of a local or of a field of the state machine; null where the user gave none.</summary>
    /// <param name="variable">The local, or the field's name.</param>
    /// <param name="use">Where it is used.</param>
    public string? Of(object variable, Instruction use) => variable switch
    {
        string field => Of(field),
        VariableDefinition local when _locals.TryGetValue(local.Index, out var variables) => OfLocal(variables, use.Offset),
        _ => null,
    };

    public static string? Of(ParameterDefinition parameter, MethodBody body) =>
        parameter == body.ThisParameter ? "this" : Of(parameter.Name);

    /// <summary>What the user called a field.</summary>
    public static string? Of(string field)
    {
        var match = _field.Match(field);
        match = match.Success ? match : _visualBasic.Match(field);
        return match.Success ? match.Groups["name"].Value
            : field.Length == 0 || field.Contains("<>") || field[0] is '<' or '$' ? null
            : field;
    }

    private static string? OfLocal(List<(int From, int To, string Name)> variables, int offset)
    {
        var index = variables.BinarySearch((offset, int.MaxValue, ""));
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && offset < variables[index].To ? Of(variables[index].Name) : null;
    }

    private void Read(ScopeDebugInformation scope)
    {
        foreach (var local in scope.Variables)
        {
            if (!_locals.TryGetValue(local.Index, out var variables))
            {
                _locals.Add(local.Index, variables = []);
            }

            variables.Add((scope.Start.Offset, scope.End.IsEndOfMethod ? int.MaxValue : scope.End.Offset, local.Name));
        }

        foreach (var inner in scope.Scopes)
        {
            Read(inner);
        }
    }
}
