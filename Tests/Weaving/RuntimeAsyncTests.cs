using AssemblyToProcess.Gating;
using AssemblyToProcess.Testing;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Weaving;

/// <summary>Methods that the runtime suspends, without state machines.</summary>
internal sealed class RuntimeAsyncTests
{
    private static readonly Subject[] _subjects = [Subject.RuntimeAsync, Subject.RuntimeAsyncDebug];

    /// <summary>
    /// The runtime knows a call and its await as one, and makes no task for it, only where nothing stands between the two. Outside of calls that is the way
    /// that woven code takes.
    /// </summary>
    [TestCase(nameof(Direct.OfTask), "call call")]
    [TestCase(nameof(Direct.OfConfiguredTask), "call ldc callvirt call")]
    [TestCase(nameof(Direct.OfValueTask), "call call")]
    [TestCase(nameof(Direct.OfConfiguredValueTask), "call stloc ldloca ldc call call")]
    public void outside_of_a_call_an_await_stays_one_with_the_call_before_it(string method, string shape)
    {
        foreach (var subject in _subjects)
        {
            using var module = Weaver.Weave(subject).Read();
            var body = module.GetType(typeof(Direct).FullName).Methods.Single(candidate => candidate.Name == method).Body;
            Instruction[] code = [.. body.Instructions.Where(instruction => instruction.OpCode.Code != Code.Nop)];
            var work = Array.FindIndex(code, instruction =>
                instruction.Operand is MethodReference called && called.Name.StartsWith("Work", StringComparison.Ordinal));
            var names = shape.Split(' ');
            Instruction[] found = [.. code.Skip(work).Take(names.Length)];

            Assert.That(found.Select(instruction => instruction.OpCode.Name.Split('.')[0]), Is.EqualTo(names), $"{subject} {method}");
            Assert.That(((MethodReference)found[^1].Operand).Name, Is.EqualTo("Await"), $"{subject} {method}");
        }
    }

    [Test]
    public void a_sat_async_iterator_that_the_runtime_would_suspend_is_told()
    {
        var woven = Weaver.Weave(Subject.Release, change: module =>
        {
            // As compilers will make them: no attribute that leads to a state machine, and a MoveNextAsync that the runtime suspends.
            var type = module.GetType(typeof(Rehearsed).FullName);
            var method = type.Methods.Single(candidate => candidate.Name == nameof(Rehearsed.Counting));
            method.CustomAttributes.Remove(method.CustomAttributes.Single(attribute =>
                attribute.AttributeType.Name == "AsyncIteratorStateMachineAttribute"));
            var step = type.NestedTypes.Single(nested => nested.Name.StartsWith("<Counting>", StringComparison.Ordinal)).Methods
                .Single(candidate => candidate.Name.EndsWith("MoveNextAsync", StringComparison.Ordinal));
            step.ImplAttributes |= (MethodImplAttributes)0x2000;
        });

        Assert.That(
            woven.Messages.Where(message => message.Text.Contains("SIT017", StringComparison.Ordinal)).Select(message => message.Text),
            Has.One.Contains("Rehearsed.Counting: an async iterator that the runtime suspends"));
    }
}
