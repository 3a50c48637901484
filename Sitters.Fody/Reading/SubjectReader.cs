namespace Sitters.Fody.Reading;

/// <summary>Reads the assembly into a plain model of what to do; changes nothing.</summary>
internal sealed class SubjectReader(ModuleDefinition module, Configuration configuration, WeaverFailures failures)
{
    private readonly List<SatMethod> _sat = [];
    private readonly List<Layer> _layers = [];
    private readonly HashSet<ApplyRule> _usedRules = [];
    private readonly Dictionary<TypeDefinition, Layer?> _typeLayers = [];

    public Subject Read()
    {
        var assemblyName = module.Assembly.Name.Name;
        var assembly = Note(AttributeReader.Read(module.Assembly, Level.Assembly, () => $"assembly {assemblyName}", () => null));
        foreach (var type in module.GetTypes().Where(type => !ExtensionBlocks.IsDeclaration(type)).ToArray())
        {
            var typeLayer = LayerOf(type);
            foreach (var method in type.Methods)
            {
                failures.Catch(method, () => ReadMethod(method, typeLayer, assembly));
            }
        }

        var sat = WithoutTheirHooks();
        return new Subject(module, configuration, sat, Helpers(sat), _layers, _usedRules);
    }

    private void ReadMethod(MethodDefinition method, Layer? type, Layer? assembly)
    {
        var own = ReadAttribute(method, method) ?? ReadFromProperty(method);
        var attribute = own ?? type ?? assembly;
        var name = configuration.Rules.Count > 0 ? Names.Of(method) : "";
        var rule = attribute is null ? configuration.RuleFor(name) : null;
        NoteRules(method, name);
        var closest = attribute ?? rule;
        if (closest is null || (own is null && (!IsEligible(method) || (type is null && IsGenerated(method)))))
        {
            return;
        }

        Note(own);
        var settings = configuration.Stack(own, type, assembly, rule);
        var machine = AsyncBodies.StateMachineOf(method);
        var isAsync = machine is not null || AsyncBodies.IsRuntimeAsync(method);
        if (settings.Switch(KnownSettings.Disabled)
            || (own is null && (!isAsync || IsStreamItself(method)) && !settings.Switch(KnownSettings.IncludeNotAsync)))
        {
            return;
        }

        var returned = ReturnTypes.Of(method);
        var members = new NamedMembers(method, settings);
        var result = returned is Returned.TaskOf or Returned.ValueTaskOf
            ? ((GenericInstanceType)method.ReturnType).GenericArguments[0]
            : null;
        _sat.Add(new SatMethod(
            method,
            closest.Level,
            settings,
            returned,
            machine,
            [.. KnownSettings.Hooks.SelectMany(members.Hooks)],
            members.Retry(result),
            members.Cache()));
    }

    /// <summary>What a lambda captures is nested in the type that it is written in, whose attribute is for it too.</summary>
    private Layer? LayerOf(TypeDefinition type)
    {
        var user = Names.UserType(type);
        if (!_typeLayers.TryGetValue(user, out var layer))
        {
            layer = Note(AttributeReader.Read(user, Level.Type, () => Names.Of(user), () => SourceLocations.Of(user)));
            _typeLayers.Add(user, layer);
        }

        return layer;
    }

    private void NoteRules(MethodDefinition method, string name)
    {
        if (_usedRules.Count == configuration.Rules.Count || !IsEligible(method) || IsGenerated(method))
        {
            return;
        }

        var isAsync = AsyncBodies.StateMachineOf(method) is not null || AsyncBodies.IsRuntimeAsync(method);
        _usedRules.UnionWith(configuration.Rules.Where(rule =>
            !_usedRules.Contains(rule)
            && (isAsync || Says(rule, KnownSettings.IncludeNotAsync) || Says(rule, KnownSettings.Disabled))
            && rule.Matches(name)));

        bool Says(ApplyRule rule, Setting setting) => rule.Layer.Switch(setting) ?? configuration.Defaults.Switch(setting) ?? false;
    }

    /// <summary>An attribute on a property means its getter.</summary>
    private static Layer? ReadFromProperty(MethodDefinition method)
    {
        var property = method.IsGetter
            ? method.DeclaringType.Properties.FirstOrDefault(candidate => candidate.GetMethod == method)
            : ExtensionBlocks.PropertyOf(method);
        return property is null ? null : ReadAttribute(property, method);
    }

    private static Layer? ReadAttribute(ICustomAttributeProvider owner, MethodDefinition method) =>
        AttributeReader.Read(owner, Level.Method, () => Names.Of(method), () => SourceLocations.Of(method));

    /// <summary>What an attribute on a type or an assembly, or an Apply, may sit; it silently skips everything else.</summary>
    private static bool IsEligible(MethodDefinition method) =>
        Members.HasCode(method)
        && !method.IsSpecialName
        && !Names.IsCompilerMade(method.Name)
        && !IsCompilerMade(method.DeclaringType)
        && !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute")
        && ReturnTypes.CanBeSat(ReturnTypes.Of(method))
        && !Parameters.NotRestartable(method).Any();

    /// <summary>What an attribute on the assembly, or an Apply, passes over: whoever wrote them did not mean what nobody has written.</summary>
    private static bool IsGenerated(IMemberDefinition? member) =>
        member is not null
        && (member.CustomAttributes.Any(attribute => TypeNames.Generated.Contains(attribute.AttributeType.FullName)) || IsGenerated(member.DeclaringType));

    /// <summary>GetAsyncEnumerator of a type that is a stream itself, which makes none.</summary>
    private static bool IsStreamItself(MethodDefinition method) =>
        ReturnTypes.Of(method) == Returned.Enumerator
        && (method.Name == "GetAsyncEnumerator" || method.Name.EndsWith(".GetAsyncEnumerator", StringComparison.Ordinal));

    private static bool IsCompilerMade(TypeDefinition? type) =>
        type is not null && (Names.IsCompilerMade(type.Name) || IsCompilerMade(type.DeclaringType));

    /// <summary>A method that serves as a hook is not sat by a type's or an assembly's attribute: it would be its own hook.</summary>
    private IReadOnlyList<SatMethod> WithoutTheirHooks()
    {
        var members = new HashSet<MethodDefinition?>(
            _sat.SelectMany(sat => sat.Members).Select(use => use.Member is null ? null : use.Method));
        return [.. _sat.Where(sat => sat.Level == Level.Method || !members.Contains(sat.Method))];
    }

    private List<AsyncMethod> Helpers(IReadOnlyList<SatMethod> satMethods)
    {
        if (!configuration.GatesWholeAssembly)
        {
            return [];
        }

        var sat = new HashSet<MethodDefinition>(satMethods.Select(candidate => candidate.Method));
        var helpers = new List<AsyncMethod>();
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && !sat.Contains(method)))
        {
            failures.Catch(method, () =>
            {
                var machine = AsyncBodies.StateMachineOf(method);
                if (ReturnTypes.Of(method) is not Returned.Void && (machine is not null || AsyncBodies.IsRuntimeAsync(method)))
                {
                    helpers.Add(new AsyncMethod(method, machine));
                }
            });
        }

        return helpers;
    }

    private Layer? Note(Layer? layer)
    {
        if (layer is not null)
        {
            _layers.Add(layer);
        }

        return layer;
    }
}
