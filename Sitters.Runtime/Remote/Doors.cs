namespace Sitters.Runtime.Remote;

/// <summary>
/// The copies of this assembly in the process: plugins may bring their own. .NET lets only one event source of a name hear commands, so one copy
/// has it, and passes each knock on to all.
/// </summary>
/// <remarks>What the copies share is made of the framework's types alone.</remarks>
internal static class Doors
{
    /// <summary>In place of a knock: the copy that had the event source has gone, and this one is to make it.</summary>
    public const string TakeOver = "";

    private const string Key = "Sitters.Doors";

    /// <summary>Each copy's own. Guarded by a lock on itself.</summary>
    private static readonly List<Action<string>> _all = Shared();

    /// <param name="door">Hears each knock, by its id.</param>
    /// <returns>Whether it is the first.</returns>
    public static bool Add(Action<string> door)
    {
        lock (_all)
        {
            _all.Add(door);
            return _all.Count == 1;
        }
    }

    /// <param name="door">One that hears no more.</param>
    /// <param name="hadSource">Whether the event source was its own.</param>
    public static void Remove(Action<string> door, bool hadSource)
    {
        Action<string>? next;
        lock (_all)
        {
            _all.Remove(door);
            next = _all.FirstOrDefault();
        }

        if (hadSource)
        {
            next?.Invoke(TakeOver);
        }
    }

    public static void Knock(string id)
    {
        Action<string>[] all;
        lock (_all)
        {
            all = [.. _all];
        }

        Array.ForEach(all, door => door(id));
    }

    private static List<Action<string>> Shared()
    {
        lock (AppDomain.CurrentDomain)
        {
            if (AppDomain.CurrentDomain.GetData(Key) is not List<Action<string>> shared)
            {
                AppDomain.CurrentDomain.SetData(Key, shared = []);
            }

            return shared;
        }
    }
}
