using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Tests.Weaving;

namespace Tests.Tooling;

/// <summary>An assembly before or after it was woven: its methods by name, and what of their code is the compiler's.</summary>
internal sealed class Side : IDisposable
{
    private readonly ModuleDefinition _module;
    private readonly Side? _unwoven;
    private readonly Dictionary<MethodDefinition, Code> _code = [];

    public Side(Woven image, Side? unwoven = null)
    {
        _module = image.Read();
        _unwoven = unwoven;
        Symbols = new Symbols(image.Pdb);
        var methods = _module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList();
        var moved = methods.Where(HasMoved).ToDictionary(NameOf);
        Bodies = methods.Where(method => !HasMoved(method) && (unwoven is null || unwoven.Bodies.ContainsKey(NameOf(method))))
            .ToDictionary(NameOf, method => moved.GetValueOrDefault(NameOf(method)) ?? method);
    }

    public Symbols Symbols { get; }

    /// <summary>The bodies that the compiler has made, wherever they are, by the names of the methods they were of.</summary>
    public IReadOnlyDictionary<string, MethodDefinition> Bodies { get; }

    public static int Token(MethodDefinition method) => method.MetadataToken.ToInt32();

    public MethodDefinition MethodOf(int token) => (MethodDefinition)_module.LookupToken(token);

    public string NameOf(int token) => NameOf(MethodOf(token));

    /// <summary>The types without code, each with a document that it is in.</summary>
    public IEnumerable<(string Type, string Document)> TypeDocuments =>
        Symbols.TypeDocuments.Select(found => (((TypeDefinition)_module.LookupToken(found.Type)).FullName, found.Document));

    public bool IsWovenIn(MethodDefinition method, int offset) => !CodeOf(method).Numbers.ContainsKey(offset);

    /// <summary>The compiler's instruction at an offset: its number, and what it does.</summary>
    public string At(MethodDefinition method, int offset)
    {
        var code = CodeOf(method);
        return offset >= method.Body.CodeSize ? "the end"
            : code.Numbers.TryGetValue(offset, out var number) ? $"{number} {code.Texts[number]}"
            : $"what was woven in at {offset}";
    }

    public void Dispose()
    {
        _module.Dispose();
        Symbols.Dispose();
    }

    private static bool HasMoved(MethodDefinition method) => method.Name.Contains(">$sat", StringComparison.Ordinal);

    private static string NameOf(MethodDefinition method)
    {
        var (name, parameters) = HasMoved(method)
            ? (method.Name[1..method.Name.LastIndexOf(">$sat", StringComparison.Ordinal)], method.Parameters.SkipLast(1))
            : (method.Name, method.Parameters);
        var types = string.Join(',', parameters.Select(parameter => parameter.ParameterType));
        return $"{method.DeclaringType.FullName} {name}`{method.GenericParameters.Count}({types})";
    }

    private Code CodeOf(MethodDefinition method)
    {
        if (!_code.TryGetValue(method, out var code))
        {
            _code.Add(method, code = _unwoven is null
                ? Code.Of(method)
                : Code.Of(method).In(_unwoven.CodeOf(_unwoven.Bodies[NameOf(method)]), method));
        }

        return code;
    }

    /// <param name="Texts">What the compiler's instructions do, in order.</param>
    /// <param name="Numbers">The number of each, by its offset.</param>
    private sealed record Code(string[] Texts, Dictionary<int, int> Numbers)
    {
        public static Code Of(MethodDefinition method)
        {
            var offsets = method.Body.Instructions.Select(instruction => instruction.Offset).ToList();
            method.Body.SimplifyMacros();
            return new Code(
                [.. method.Body.Instructions.Select(Text)],
                offsets.Select((offset, number) => (offset, number)).ToDictionary(entry => entry.offset, entry => entry.number));
        }

        /// <summary>The same code as a part of this woven one: all of its instructions follow one another in it.</summary>
        public Code In(Code unwoven, MethodDefinition method)
        {
            var numbers = new Dictionary<int, int>();
            var instructions = method.Body.Instructions;
            var offsets = Numbers.OrderBy(entry => entry.Value).Select(entry => entry.Key).ToArray();
            var next = 0;
            int? front = null;
            for (var index = Prologue(method); index < Texts.Length; index++)
            {
                var call = AfterFrame(instructions, index);
                switch (Texts[call])
                {
                    case "call BeforeCall" or "call BeforeCleanup":
                        front ??= index;
                        index = call;
                        continue;
                    case "call HasToken":
                        // With a token another overload is called; the branch leads past that, to the compiler's own call.
                        front ??= index;
                        index = instructions.IndexOf((Instruction)instructions[call + 1].Operand) - 1;
                        continue;
                    case "call Token" or "call NullableToken" when unwoven.IsOmittedToken(next):
                        // The call's token stands where the compiler cleared and loaded a local, in the place of the same instructions.
                        for (var end = index + 3; index < end; index++)
                        {
                            numbers.Add(offsets[index], next++);
                        }

                        index--;
                        continue;
                }

                if (next < unwoven.Texts.Length && Texts[index] == unwoven.Texts[next])
                {
                    // What asks whether a call is to be made, and how, belongs to that call, and to its line.
                    if (front is { } start)
                    {
                        numbers.Add(offsets[start], next);
                        front = null;
                    }

                    numbers.Add(offsets[index], next++);
                }
            }

            return next == unwoven.Texts.Length
                ? new Code(unwoven.Texts, numbers)
                : throw new InvalidOperationException($"{method.FullName} has lost its instruction {next}: {unwoven.Texts[next]}");
        }

        /// <summary>What follows the load of a frame, which only woven code does; the same index where none is loaded.</summary>
        private static int AfterFrame(IList<Instruction> instructions, int index) => instructions[index] switch
        {
            { Operand: VariableReference { VariableType.Name: "Frame" } } => index + 1,
            { OpCode.Code: Mono.Cecil.Cil.Code.Ldarg, Next.Operand: FieldReference { Name: "<>frame" } } => index + 2,
            _ => index,
        };

        private bool IsOmittedToken(int number) =>
            number + 2 < Texts.Length
            && Texts[number].StartsWith("ldloca", StringComparison.Ordinal)
            && Texts[number + 1] is $"initobj {nameof(CancellationToken)}" or "initobj Nullable`1"
            && Texts[number + 2].StartsWith("ldloc", StringComparison.Ordinal);

        /// <summary>What a woven method asks first ends in a branch to where the compiler's code begins.</summary>
        private static int Prologue(MethodDefinition method)
        {
            var instructions = method.Body.Instructions;
            var question = instructions.Take(2)
                .Any(instruction => instruction.Operand is MemberReference { Name: "<>frame" or "IsEntered" });
            return question ? instructions.IndexOf((Instruction)instructions[2].Operand) : 0;
        }

        private static string Text(Instruction instruction)
        {
            var operand = instruction.Operand switch
            {
                MemberReference member => member.Name.Replace("<>Await", "Await"),
                ParameterReference parameter => $"{parameter.Index}",
                VariableReference variable => $"{variable.Index}",
                Instruction or Instruction[] or CallSite or null => "",
                var other => other.ToString(),
            };
            return $"{instruction.OpCode.Name.Replace("callvirt", "call")} {operand}".TrimEnd();
        }
    }
}
