namespace Samples.Tour;

/// <summary>What the tour does to a running example.</summary>
internal enum Act
{
    Pause,
    Resume,
    Restart,
    Interrupt,
    Terminate,
}
