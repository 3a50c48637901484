namespace Storm;

/// <summary>What bodies wait for.</summary>
internal static class Waits
{
    public static TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Waits for this or that, or finds it done. What can be ended is, by the token.</summary>
    public static Task Some(CancellationToken token = default) => Dice.Roll(8) switch
    {
        0 or 1 => Task.CompletedTask,
        2 => Task.Run(static () => Thread.SpinWait(Dice.Roll(500)), token),
        3 => Task.Delay(TimeSpan.FromMilliseconds(Dice.Roll(30)), Clock, token),
        4 => Short(),
        _ => Task.Delay(Dice.Roll(30), token),
    };

    /// <summary>Waits for what knows no token.</summary>
    public static Task Deaf() => Task.Delay(Dice.Roll(60), CancellationToken.None);

    public static Task Short() => Dice.Roll(4) switch
    {
        0 => Task.Delay(1, CancellationToken.None),
        1 => Task.Run(static () => Thread.SpinWait(Dice.Roll(200)), CancellationToken.None),
        _ => Task.CompletedTask,
    };
}
