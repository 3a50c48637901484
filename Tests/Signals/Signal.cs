namespace Tests.Signals;

/// <summary>A signal by the number that Linux and macOS have in common, or stands for one that they have not.</summary>
internal enum Signal
{
    HUP = 1,
    INT = 2,
    QUIT = 3,
    TERM = 15,
    USR1 = 100,
    USR2 = 101,
}
