using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Control;

namespace Sitters.Runtime.Remote;

/// <summary>Lets the public API, in a layer below, reach the channel.</summary>
internal static class RemoteConnections
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Listening may begin before the first call.")]
    internal static void Connect()
    {
        OutsideAccess.Prepare = ToolChannel.Prepare;
        OutsideAccess.Open = ToolChannel.Open;
    }
}
