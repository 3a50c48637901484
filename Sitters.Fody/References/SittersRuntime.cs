using System.Runtime.CompilerServices;

namespace Sitters.Fody.References;

/// <summary>
/// Everything of Sitters and Sitters.Runtime that the weaver knows by name: no other file of it names any of this. A type that is
/// renamed, or moves to another namespace, is changed here (below <c>CompilerServices</c>, <c>Execution</c>, <c>Gating</c> or
/// <c>Plans</c>, a namespace each); a member by renaming the property that has its name. SittersRuntimeTests resolves all of it
/// against the real assemblies.
/// </summary>
internal sealed class SittersRuntime(ModuleReferences references)
{
    public const string SitAttribute = "Sitters.SitAttribute";

    public const string SitContext = "Sitters.SitContext";

    public const string WovenAttribute = CompilerServices + ".WovenAttribute";

    private const string CompilerServices = "Sitters.Runtime.CompilerServices";
    private const string Execution = "Sitters.Runtime.Execution";
    private const string Gating = "Sitters.Runtime.Gating";
    private const string Plans = "Sitters.Runtime.Plans";

    public static IReadOnlyList<string> Assemblies { get; } = ["Sitters", "Sitters.Runtime"];

    public SatMembers Sat { get; } = new(references);

    public GateMembers Gate { get; } = new(references);

    public PlanMembers Plan { get; } = new(references);

    public PlanOptionsMembers PlanOptions { get; } = new(references);

    public TypeReference Context => references.Type(SitContext);

    public TypeReference Frame => references.Type(Gating + ".Frame");

    public AwaitTraitsMembers AwaitTraits { get; } = new(references);

    public TypeReference GatedAwait(TypeReference awaiter) => references.Type(CompilerServices + ".GatedAwait`1", awaiter);

    public TypeReference SatMethod(TypeReference task) => references.Type(Execution + ".ISatMethod`1", task);

    public TypeReference SatCachedMethod(TypeReference task, TypeReference self) =>
        references.Type(Execution + ".ISatCachedMethod`2", task, self);

    /// <summary>What a carrier implements.</summary>
    internal static class SatMethodNames
    {
        public const string Invoke = nameof(Invoke);
        public const string Hook = nameof(Hook);
        public const string Retry = nameof(Retry);
        public const string Cache = nameof(Cache);
        public const string Token = nameof(Token);
    }

    /// <summary>What the carrier of a cached method implements besides.</summary>
    internal static class SatCachedMethodNames
    {
        public const string Key = nameof(Key);
        public const string Instance = nameof(Instance);
    }

    internal sealed class SatMembers(ModuleReferences references)
    {
        private const string Type = CompilerServices + ".Sat";

        public MethodReference CreatePlan => Method();

        public MethodReference ConfigureSignals => Method();

        public MethodReference EnterBody => Method();

        public MethodReference IsEntered => Method();

        public MethodReference Token => Method();

        public MethodReference NullableToken => Method();

        /// <summary>
        /// Runs a call of a sat method; <paramref name="outcome"/> is the type of its result, or of the elements of its stream.
        /// </summary>
        public MethodReference Run(Returned returned, bool isCached, TypeReference carrier, TypeReference? outcome)
        {
            var cached = isCached ? "Cached" : "";
            var name = returned switch
            {
                Returned.Task => "RunTask",
                Returned.ValueTask => "RunValueTask",
                Returned.Stream => "RunStreamOf",
                Returned.Enumerator => "RunEnumeratorOf",
                Returned.TaskOf => $"Run{cached}TaskOf",
                _ => $"Run{cached}ValueTaskOf",
            };
            return references.GenericMethod(Type, name, outcome is null ? [carrier] : [carrier, outcome]);
        }

        private MethodReference Method([CallerMemberName] string name = "") => references.Method(Type, name);
    }

    internal sealed class GateMembers(ModuleReferences references)
    {
        private const string Type = CompilerServices + ".Gate";

        /// <summary>How the runtime looks into the framework's own awaiters, by the awaiter's name.</summary>
        private static readonly Dictionary<string, string> _access = new()
        {
            [Awaiters.Task] = "TaskAccess",
            [Awaiters.TaskOf] = "TaskAccess`1",
            [Awaiters.ConfiguredTask] = "ConfiguredTaskAccess",
            [Awaiters.ConfiguredTaskOf] = "ConfiguredTaskAccess`1",
            [Awaiters.ValueTask] = "ValueTaskAccess",
            [Awaiters.ValueTaskOf] = "ValueTaskAccess`1",
            [Awaiters.ConfiguredValueTask] = "ConfiguredValueTaskAccess",
            [Awaiters.ConfiguredValueTaskOf] = "ConfiguredValueTaskAccess`1",
        };

        public MethodReference Enter => Method();

        public MethodReference Leave => Method();

        public MethodReference End => Method();

        public MethodReference EnterStep => Method();

        public MethodReference LeaveStep => Method();

        public MethodReference IsCompleted => Method();

        public MethodReference IsCompletedFound => Method();

        public MethodReference IsCompletedCleanup => Method();

        public MethodReference BeforeCall => Method();

        public MethodReference BeforeCleanup => Method();

        public MethodReference Token => Method();

        public MethodReference NullableToken => Method();

        public MethodReference HasToken => Method();

        public MethodReference EnteredBody => Method();

        public MethodReference Running => Method();

        public MethodReference ConfigureAwait(TypeReference element) => references.GenericMethod(Type, nameof(ConfigureAwait), element);

        public MethodReference Suspend => Method();

        public MethodReference Faulted => Method();

        public MethodReference DisposeAsync => Method();

        public MethodReference IsForeign => references.Getter(Type, nameof(IsForeign));

        public MethodReference Hop => references.Getter(Type, nameof(Hop));

        public MethodReference Detach(TypeReference stateMachine) => references.GenericMethod(Type, nameof(Detach), stateMachine);

        public MethodReference Gated(TypeReference awaiter) => references.GenericMethod(Type, nameof(Gated), awaiter);

        public MethodReference AwaitOnCompleted(TypeReference awaiter) => references.GenericMethod(Type, nameof(AwaitOnCompleted), awaiter);

        public MethodReference AwaitUnsafeOnCompleted(TypeReference awaiter) =>
            references.GenericMethod(Type, nameof(AwaitUnsafeOnCompleted), awaiter);

        public MethodReference BeforeResult(TypeReference awaiter) =>
            references.GenericMethod(Type, nameof(BeforeResult), awaiter, AccessTo(awaiter));

        private TypeReference AccessTo(TypeReference awaiter) => _access.TryGetValue(awaiter.GetElementType().FullName, out var access)
            ? references.Type($"{Gating}.{access}", awaiter is GenericInstanceType instance ? [.. instance.GenericArguments] : [])
            : references.Type(Gating + ".OtherAccess`1", awaiter);

        private MethodReference Method([CallerMemberName] string name = "") => references.Method(Type, name);
    }

    internal sealed class AwaitTraitsMembers(ModuleReferences references)
    {
        /// <summary>The traits themselves; the bits above them are the number of the await.</summary>
        private const int Bits = 8;

        public TypeReference Type => references.Type(Gating + ".AwaitTraits");

        public int CapturesContext => references.Constant(Gating + ".AwaitTraits", nameof(CapturesContext));

        public int Settles => references.Constant(Gating + ".AwaitTraits", nameof(Settles));

        public int FindsTask => references.Constant(Gating + ".AwaitTraits", nameof(FindsTask));

        public int CleansUp => references.Constant(Gating + ".AwaitTraits", nameof(CleansUp));

        public int OnlyWaits => references.Constant(Gating + ".AwaitTraits", nameof(OnlyWaits));

        /// <summary>The traits with the number of their await in the module's map.</summary>
        public static int Numbered(int traits, int number) => traits | (number << Bits);
    }

    internal sealed class PlanMembers(ModuleReferences references)
    {
        public TypeReference Type => references.Type(Plans + ".Plan");
    }

    internal sealed class PlanOptionsMembers(ModuleReferences references)
    {
        private const string Type = Plans + ".PlanOptions";

        public MethodReference Constructor => references.Constructor(Type);

        public MethodReference Name => references.Setter(Type, nameof(Name));

        public MethodReference IsAsync => references.Setter(Type, nameof(IsAsync));

        public MethodReference HasRetryMember => references.Setter(Type, nameof(HasRetryMember));

        public MethodReference HasCacheMember => references.Setter(Type, nameof(HasCacheMember));

        public MethodReference TokenCount => references.Setter(Type, nameof(TokenCount));

        public MethodReference TakesEnumeratorToken => references.Setter(Type, nameof(TakesEnumeratorToken));

        public MethodReference AutoOutcome => references.Setter(Type, nameof(AutoOutcome));

        public MethodReference AlwaysHasResult => references.Setter(Type, nameof(AlwaysHasResult));

        public MethodReference Policy => references.Setter(Type, nameof(Policy));

        public MethodReference SetHooks => references.Method(Type, nameof(SetHooks));

        /// <summary>The option of the same name.</summary>
        public MethodReference Of(Setting setting) => references.Setter(Type, setting.Name);

        /// <summary>The number of the event whose hooks a setting names.</summary>
        public int HookEvent(Setting hooks) => references.Constant(Plans + ".HookEvent", hooks.HookEvent!);
    }
}
