using System.Diagnostics;
using System.Net.Sockets;

namespace Sitters.Tool.Reaching;

/// <summary>Gets a connection to a process: by the socket that it has open, or else by knocking.</summary>
internal static class Reach
{
    /// <summary>How long a single process is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long an order is waited for: code of the program may run before it is answered, for ten seconds at most.</summary>
    public static readonly TimeSpan OrderPatience = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(3);

    /// <param name="pid">The process.</param>
    /// <param name="tempFolder">Where sockets are looked for first.</param>
    /// <param name="patience">How long to wait for an answer.</param>
    /// <param name="isNamed">Whether the user has named it. Others are left alone where it is seen that Sitters is not in them.</param>
    /// <exception cref="ToolException">It is not reached; the message says why.</exception>
    public static Reached Open(int pid, string tempFolder, TimeSpan patience, bool isNamed = true)
    {
        var place = new Place(pid, tempFolder);
        if (TryConnect(place, patience, out var stale) is { } open)
        {
            return open;
        }

        place.LookElsewhere();
        if (place.Folders.Count > 1 && TryConnect(place, patience, out _) is { } elsewhere)
        {
            return elsewhere;
        }

        if (place.DiagnosticPort is not { } port)
        {
            throw Explanation.OfOwner(place) ?? place.PassedOver ?? Explanation.WithoutPort(place, stale);
        }

        return isNamed || Explanation.MayHaveSitters(place)
            ? OpenByKnocking(place, port, patience, stale)
            : throw Explanation.AfterKnocking(place, null, isTaken: false, stale);
    }

    /// <summary>Connects to the sockets that the process has open; null where it has none.</summary>
    /// <param name="place">Where to look.</param>
    /// <param name="patience">How long to wait for an answer.</param>
    /// <param name="stale">Whether there was the socket of a process that has ended. It is deleted.</param>
    public static Reached? TryConnect(Place place, TimeSpan patience, out bool stale)
    {
        stale = false;
        List<Connection>? open = null;
        foreach (var path in place.Sockets)
        {
            if (TryConnect(place, path, patience, ref stale) is { } connection)
            {
                (open ??= []).Add(connection);
            }
        }

        return open is null ? null : new Reached(open);
    }

    private static Connection? TryConnect(Place place, string path, TimeSpan patience, ref bool stale)
    {
        try
        {
            return Connection.Open(path, place.Pid, patience);
        }
        catch (ToolException refusal) when (refusal.Code == Refusals.NotItsSocketCode)
        {
            place.PassedOver = refusal;
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Refusals.PathTooLong(place.Pid, path);
        }
        catch (SocketException failure)
        {
            switch (failure.SocketErrorCode)
            {
                case SocketError.ConnectionRefused:
                    // It is put in place when somebody listens already, so nobody does any more.
                    stale = true;
                    Delete(path);
                    return null;
                case SocketError.AddressNotAvailable:
                    // The process has ended meanwhile, and has deleted it.
                    return null;
                case SocketError.AccessDenied:
                    place.PassedOver = Refusals.NotAllowed(place.Pid, path);
                    return null;
                case SocketError.TimedOut or SocketError.WouldBlock:
                    throw Explanation.OfSilence(place.Pid);
                default:
                    throw Refusals.NotConnected(place.Pid, path, failure.Message);
            }
        }
    }

    private static Reached OpenByKnocking(Place place, string port, TimeSpan patience, bool hadSocket)
    {
        using var knock = Knock.At(place.Pid, port, patience);
        var since = Stopwatch.StartNew();
        while (since.Elapsed < patience && knock.Failure is null)
        {
            if (TryConnect(place, patience, out _) is { } open)
            {
                return open;
            }

            Thread.Sleep(_look);
        }

        throw Explanation.OfOwner(place) ?? place.PassedOver ?? Explanation.AfterKnocking(place, knock.Failure, knock.IsTaken, hadSocket);
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // Another user's: not ours to tidy up.
        }
    }
}
