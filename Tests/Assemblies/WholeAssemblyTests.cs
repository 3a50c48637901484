using Mono.Cecil;
using Tests.Weaving;

namespace Tests.Assemblies;

/// <summary>Assemblies of well-known packages, by many authors, from many compilers and years, with everything sat that can be.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WholeAssemblyTests
{
    private static readonly ForeignAssembly[] _assemblies =
    [
        new("AWSSDK.Core"),
        new("Azure.Core"),
        new("Confluent.Kafka"),
        new("Dapper"),
        new("Grpc.Net.Client"),
        new("MailKit"),
        new("MassTransit"),
        new("MassTransit.Abstractions"),
        new("Microsoft.EntityFrameworkCore"),
        new("Microsoft.EntityFrameworkCore.Relational"),
        new("Microsoft.Extensions.Caching.Abstractions"),
        new("Microsoft.Extensions.Diagnostics.HealthChecks"),
        new("Microsoft.Extensions.Hosting.Abstractions"),
        new("Microsoft.Extensions.Http"),
        new("Microsoft.Extensions.Http.Resilience"),
        new("MimeKit"),
        new("MySqlConnector"),
        new("Newtonsoft.Json"),
        new("Npgsql"),
        new("OpenTelemetry"),
        new("Pipelines.Sockets.Unofficial"),
        new("Polly.Core"),
        new("Quartz"),
        new("RabbitMQ.Client"),
        new("StackExchange.Redis"),
        new("System.Reactive"),
        new("ZiggyCreatures.FusionCache"),
    ];

    [TestCaseSource(nameof(_assemblies))]
    public void weaving_has_nothing_to_say(ForeignAssembly assembly) =>
        Assert.That(
            assembly.Woven.Messages.Where(message => message.Severity is "error" or "failure" or "warning" && !IsOfNoAsyncMethod(message.Code)),
            Is.Empty);

    [TestCaseSource(nameof(_assemblies))]
    public void every_async_method_is_sat(ForeignAssembly assembly)
    {
        using var woven = assembly.Woven.Read();

        var unsat = woven.GetTypes().Where(type => !IsCompilerMade(type)).SelectMany(type => type.Methods)
            .Where(method => !method.Name.StartsWith('<')
                && method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute"))
            .Where(method => method.ReturnType.FullName != "System.Void" && !IsSat(method));

        Assert.That(unsat.Select(method => method.FullName), Is.Empty);
    }

    [TestCaseSource(nameof(_assemblies))]
    public void every_await_is_gated_but_those_of_async_void(ForeignAssembly assembly)
    {
        using var woven = assembly.Woven.Read();

        // A gated await suspends as it was, or by way of a method that the weaver has added.
        var ungated = woven.GetTypes()
            .Where(type => type.Interfaces.Any(implementation => implementation.InterfaceType.Name == "IAsyncStateMachine"))
            .Where(type => type.Fields.All(field => field.FieldType.Name != "AsyncVoidMethodBuilder"))
            .Where(type => Suspensions(type, byWeaver: false) != Suspensions(type, byWeaver: true));

        Assert.That(ungated, Is.Empty);
    }

    [TestCaseSource(nameof(_assemblies))]
    public void every_method_compiles_to_machine_code(ForeignAssembly assembly)
    {
        var context = assembly.NewContext();
        var jit = Jit.Compile(context.LoadFromStream(new MemoryStream(assembly.Woven.Dll)));
        context.Unload();

        Assert.That(jit.Failures, Is.Empty);
        Assert.That(jit.Skipped, Has.Count.LessThan(jit.Compiled / 20), "methods for which no type arguments were found");
    }

    private static int Suspensions(TypeDefinition machine, bool byWeaver) =>
        machine.Methods.Single(method => method.Name == "MoveNext").Body.Instructions
        .Count(instruction => instruction.Operand is MethodReference { Name: "AwaitOnCompleted" or "AwaitUnsafeOnCompleted" } called
            && called.DeclaringType.GetElementType() == machine == byWeaver);

    private static bool IsCompilerMade(TypeDefinition? type) =>
        type is not null && (type.Name.StartsWith('<') || IsCompilerMade(type.DeclaringType));

    /// <summary>What is left of a sat method fills a carrier, its one local.</summary>
    private static bool IsSat(MethodDefinition method) =>
        method.Body.Variables.Count == 1
            && method.Body.Variables[0].VariableType.Name.StartsWith($"<{method.Name}>$call", StringComparison.Ordinal);

    /// <summary>An assembly without an async method is told, rightly, that there is nothing to apply the settings to.</summary>
    private static bool IsOfNoAsyncMethod(string? code) => code == "SIT015";
}
