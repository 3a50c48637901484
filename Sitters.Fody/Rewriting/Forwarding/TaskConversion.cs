namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>What is done to the task that an overload returns, so that it serves where the other's is expected.</summary>
internal enum TaskConversion
{
    /// <summary>Nothing: it is of the same type.</summary>
    None,

    /// <summary>It is a value task, and a task is expected.</summary>
    ToTask,

    /// <summary>It is a task, and a value task is expected.</summary>
    ToValueTask,
}
