namespace Interleaved;

/// <summary>An item of a stream.</summary>
/// <param name="Of">The attempt that gives it.</param>
/// <param name="Number">Which of that attempt's it is, from 1.</param>
internal readonly record struct Item(Attempt Of, int Number);
