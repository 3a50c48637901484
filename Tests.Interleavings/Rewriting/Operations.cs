using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Tests.Interleavings.Shims;

namespace Tests.Interleavings.Rewriting;

/// <summary>What takes the place of which operation, in one module.</summary>
internal sealed class Operations(ModuleDefinition module)
{
    /// <summary>Operations of the framework that wait, or that hand something to the pool, of which no schedule is to meet any.</summary>
    private static readonly HashSet<string> _notModelled =
    [
        "System.Threading.Monitor.TryEnter",
        "System.Threading.Monitor.PulseAll",
        "System.Threading.Lock.Enter",
        "System.Threading.Lock.EnterScope",
        "System.Threading.Lock.TryEnter",
        "System.Threading.SpinLock.Enter",
        "System.Threading.SemaphoreSlim.Wait",
        "System.Threading.ManualResetEventSlim.Wait",
        "System.Threading.WaitHandle.WaitOne",
        "System.Threading.SpinWait.SpinOnce",
        "System.Threading.Thread.Sleep",
        "System.Threading.Thread.Yield",
        "System.Threading.Thread.SpinWait",
        "System.Threading.Thread.Join",
        "System.Threading.Tasks.Task.Wait",
        "System.Threading.Tasks.Task.Run",
        "System.Threading.Tasks.TaskFactory.StartNew",
    ];

    /// <summary>Shims by the operation that they take the place of.</summary>
    private static readonly Dictionary<string, MethodInfo> _shims = MakeShims();

    private readonly MethodReference _point = module.ImportReference(typeof(Shim).GetMethod(nameof(Shim.Point)));
    private readonly MethodReference _pointAt = module.ImportReference(typeof(Shim).GetMethod(nameof(Shim.PointAt)));

    public IReadOnlyList<Instruction> Meet(Meeting meeting) =>
    [
        Instruction.Create(OpCodes.Ldc_I4, meeting.Place),
        Instruction.Create(OpCodes.Ldc_I4, meeting.Writes ? 1 : 0),
        meeting.IsPoint ? Instruction.Create(OpCodes.Call, _pointAt) : Call(nameof(Shim.Order)),
    ];

    public IReadOnlyList<Instruction> PointAt(int place, bool writes) =>
    [
        Instruction.Create(OpCodes.Ldc_I4, place),
        Instruction.Create(OpCodes.Ldc_I4, writes ? 1 : 0),
        Instruction.Create(OpCodes.Call, _pointAt),
    ];

    /// <summary>The object is on the stack.</summary>
    public IReadOnlyList<Instruction> Point(int place, bool writes) =>
    [
        Instruction.Create(OpCodes.Ldc_I4, place),
        Instruction.Create(OpCodes.Ldc_I4, writes ? 1 : 0),
        Instruction.Create(OpCodes.Call, _point),
    ];

    public Instruction BeginStatic() => Call(nameof(Shim.BeginStatic));

    public Instruction EndStatic() => Call(nameof(Shim.EndStatic));

    public IReadOnlyList<Instruction> NotModelled(MethodReference called) =>
        [Instruction.Create(OpCodes.Ldstr, NameOf(called)), Call(nameof(Shim.NotModelled))];

    public static bool IsNotModelled(MethodReference called) => _notModelled.Contains(NameOf(called));

    /// <summary>
    /// What threads meet by inside the framework. Where it may matter who comes first, and the framework does not see to that alone, it is a
    /// scheduling point; elsewhere the order is only noted.
    /// </summary>
    public static Meeting? MeetingOf(MethodReference called)
    {
        var space = called.DeclaringType.GetElementType().Namespace;
        var isOfTasks = space is "System.Threading.Tasks" or "System.Runtime.CompilerServices" or "System.Threading.Tasks.Sources";
        return called.Name switch
        {
            "SetResult" or "TrySetResult" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled" when isOfTasks =>
                new Meeting(Registry.Completion, Writes: true, IsPoint: true),
            "ContinueWith" when isOfTasks => new Meeting(Registry.Completion, Writes: true, IsPoint: true),
            "OnCompleted" or "UnsafeOnCompleted" or "AwaitOnCompleted" or "AwaitUnsafeOnCompleted" =>
                new Meeting(Registry.Completion, Writes: true, IsPoint: false),
            "AsTask" when isOfTasks => new Meeting(Registry.Completion, Writes: true, IsPoint: false),
            "get_IsCompleted" or "get_IsCompletedSuccessfully" or "get_IsFaulted" or "get_IsCanceled" or "get_Status" or "GetStatus" when isOfTasks =>
                new Meeting(Registry.Completion, Writes: false, IsPoint: false),
            "Register" or "UnsafeRegister" when called.DeclaringType.FullName == typeof(CancellationToken).FullName =>
                new Meeting(Registry.Cancellation, Writes: true, IsPoint: true),
            "Unregister" or "Dispose" when called.DeclaringType.FullName == typeof(CancellationTokenRegistration).FullName =>
                new Meeting(Registry.Cancellation, Writes: true, IsPoint: false),
            "get_IsCancellationRequested" => new Meeting(Registry.Cancellation, Writes: false, IsPoint: false),
            _ => null,
        };
    }

    /// <summary>The method to be called in the place of an operation, and the number of the place, if that is an argument too.</summary>
    public Shimmed? ShimOf(MethodReference called, Code code)
    {
        var name = code == Code.Newobj ? $"new {called.DeclaringType.FullName}" : NameOf(called);
        var parameters = called.Parameters.Select(parameter => ErasedName(parameter.ParameterType));
        if (!_shims.TryGetValue($"{name}({string.Join(", ", parameters)})", out var shim))
        {
            return null;
        }

        var method = module.ImportReference(shim);
        if (called is GenericInstanceMethod generic)
        {
            var instance = new GenericInstanceMethod(method);
            generic.GenericArguments.ToList().ForEach(instance.GenericArguments.Add);
            method = instance;
        }

        return new Shimmed(method, shim.Name == nameof(Shim.Enter) ? static at => Registry.Of($"lock in {at.DeclaringType.FullName}") : null);
    }

    /// <summary>What is called where an awaiter is asked to call back; null where that is not known at the call.</summary>
    /// <param name="called">The method of the awaiter.</param>
    /// <param name="constrained">The awaiter's type, where an interface declares the method.</param>
    public MethodReference? ShimOfAwaiter(MethodReference called, TypeReference? constrained)
    {
        var awaiter = constrained ?? called.DeclaringType;
        if (called.Name is not ("OnCompleted" or "UnsafeOnCompleted")
            || called.Parameters is not [{ ParameterType.FullName: "System.Action" }]
            || (constrained is null && !awaiter.IsValueType))
        {
            return null;
        }

        var shim = new GenericInstanceMethod(module.ImportReference(typeof(Shim).GetMethod(called.Name)));
        shim.GenericArguments.Add(awaiter);
        return shim;
    }

    /// <summary>The type of a field as a local of the method has it; null where that can't be said.</summary>
    public TypeReference? TypeIn(MethodCode code, FieldReference field)
    {
        var type = field.FieldType is RequiredModifierType modified ? modified.ElementType : field.FieldType;
        return !type.ContainsGenericParameter || field.DeclaringType.Resolve() == code.Method.DeclaringType
            ? module.ImportReference(type, code.Method)
            : null;
    }

    private static string NameOf(MethodReference called) => $"{called.DeclaringType.GetElementType().FullName}.{called.Name}";

    private static string ErasedName(TypeReference type) => type switch
    {
        GenericParameter => "T",
        GenericInstanceType generic => $"{generic.ElementType.FullName}<{string.Join(",", generic.GenericArguments.Select(ErasedName))}>",
        _ => type.FullName,
    };

    private static string ErasedName(Type type) => type switch
    {
        { IsGenericParameter: true } => "T",
        { IsGenericType: true } => $"{type.GetGenericTypeDefinition().FullName}<{string.Join(",", type.GetGenericArguments().Select(ErasedName))}>",
        { IsByRef: true } => $"{ErasedName(type.GetElementType()!)}&",
        _ => type.FullName!,
    };

    private static Dictionary<string, MethodInfo> MakeShims()
    {
        var shims = new Dictionary<string, MethodInfo>();

        void Static(Type type, string name, string? shim = null, bool hasPlace = false)
        {
            foreach (var method in Named(shim ?? name))
            {
                var parameters = method.GetParameters().SkipLast(hasPlace ? 1 : 0).Select(parameter => ErasedName(parameter.ParameterType));
                shims.Add($"{type.FullName}.{name}({string.Join(", ", parameters)})", method);
            }
        }

        void Instance(Type type, string name, string? shim = null)
        {
            foreach (var method in Named(shim ?? name).Where(method => method.GetParameters()[0].ParameterType == type))
            {
                var parameters = method.GetParameters().Skip(1).Select(parameter => ErasedName(parameter.ParameterType));
                shims.Add($"{type.FullName}.{name}({string.Join(", ", parameters)})", method);
            }
        }

        Static(typeof(Monitor), nameof(Monitor.Enter), hasPlace: true);
        Static(typeof(Monitor), nameof(Monitor.Exit));
        Static(typeof(Monitor), nameof(Monitor.IsEntered));
        Static(typeof(Monitor), nameof(Monitor.Pulse));
        Static(typeof(Monitor), nameof(Monitor.Wait));
        Static(typeof(ThreadPool), nameof(ThreadPool.UnsafeQueueUserWorkItem));
        Static(typeof(System.Diagnostics.Debug), nameof(Shim.Assert));
        Static(typeof(Environment), "get_TickCount64", nameof(Shim.TickCount64));
        Static(typeof(Environment), "get_CurrentManagedThreadId", nameof(Shim.CurrentManagedThreadId));
        Instance(typeof(Thread), nameof(Thread.UnsafeStart), nameof(Shim.Start));
        Instance(typeof(Thread), nameof(Thread.Start));
        Instance(typeof(Timer), nameof(Timer.Change));
        Instance(typeof(TaskCompletionSource), nameof(TaskCompletionSource.SetResult));
        Instance(typeof(TaskCompletionSource), nameof(TaskCompletionSource.TrySetResult));
        Instance(typeof(TaskCompletionSource), nameof(TaskCompletionSource.TrySetCanceled));
        Instance(typeof(CancellationTokenSource), nameof(CancellationTokenSource.Cancel));
        Instance(typeof(CancellationTokenSource), nameof(CancellationTokenSource.CancelAsync));
        Instance(typeof(Task), nameof(Task.ContinueWith));
        Instance(typeof(Task), nameof(Task.ConfigureAwait));
        shims.Add($"new {typeof(TaskCompletionSource).FullName}({typeof(TaskCreationOptions).FullName})", typeof(Shim).GetMethod(nameof(Shim.NewSource))!);
        shims.Add("Interleaved.Order.Note(System.Object)", typeof(Shim).GetMethod(nameof(Shim.Note))!);
        return shims;
    }

    private static IEnumerable<MethodInfo> Named(string name) => typeof(Shim).GetMethods().Where(method => method.Name == name);

    private Instruction Call(string shim) => Instruction.Create(OpCodes.Call, module.ImportReference(typeof(Shim).GetMethod(shim)));

    /// <param name="Place">What threads meet at.</param>
    /// <param name="Writes">Whether it changes.</param>
    /// <param name="IsPoint">Whether another thread may get its turn before.</param>
    public readonly record struct Meeting(int Place, bool Writes, bool IsPoint);

    /// <param name="Method">The shim.</param>
    /// <param name="Place">The number of the place that it is given, by the method that calls it; null where it is given none.</param>
    public sealed record Shimmed(MethodReference Method, Func<MethodDefinition, int>? Place);
}
