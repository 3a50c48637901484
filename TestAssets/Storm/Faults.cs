namespace Storm;

#pragma warning disable CA1032 // Nobody else makes them.

/// <summary>What a body fails with, and is tried again for.</summary>
internal sealed class SquallException() : Exception("A squall.");

/// <summary>What a hook fails with.</summary>
internal sealed class HookException() : Exception("A hook failed.");

/// <summary>What comparing a key fails with.</summary>
internal sealed class KeyException() : Exception("A key failed.");

/// <summary>What an observer, a listener, a filter or a context fails with.</summary>
internal sealed class OnlookerException() : Exception("An onlooker failed.");
