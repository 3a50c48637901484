using System.Runtime.Loader;

namespace Sitters.Runtime.Mapping;

/// <summary>Where this assembly can be unloaded, what the framework keeps of it has to be taken back, or it never would be.</summary>
internal static class Unloading
{
    public static bool IsPossible => typeof(Unloading).Assembly.IsCollectible;

    /// <param name="end">Called when this assembly is about to be unloaded; never if it can't be.</param>
    public static void CallAtBegin(Action end)
    {
        // Asked first: what an assembly was loaded by is told by one of the framework's that few processes need.
        if (IsPossible)
        {
            Subscribe(end);
        }
    }

    private static void Subscribe(Action end) => AssemblyLoadContext.GetLoadContext(typeof(Unloading).Assembly)!.Unloading += _ => end();
}
