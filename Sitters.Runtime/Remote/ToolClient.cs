using System.Net.Sockets;

namespace Sitters.Runtime.Remote;

/// <summary>One connection: greets, and then answers line by line. Who does not read, or says nothing for long, is left.</summary>
internal sealed class ToolClient(Socket socket) : IDisposable
{
    /// <summary>In milliseconds, without any progress.</summary>
    private const int LongestSend = 10_000;

    /// <summary>In milliseconds, between two requests.</summary>
    private const int LongestSilence = 10 * 60 * 1000;

    public void Serve()
    {
        socket.SendTimeout = LongestSend;
        socket.ReceiveTimeout = LongestSilence;
        using var output = new SocketStream(socket);
        try
        {
            Greeting.WriteTo(output);
            Answer(output);
        }
        catch (SocketException)
        {
            // It has gone, or does not read.
        }
        catch (ObjectDisposedException)
        {
            // The channel was closed.
        }
    }

    /// <summary>There are too many.</summary>
    public void Refuse()
    {
        try
        {
            // It takes no time: nothing was sent yet.
            socket.Blocking = false;
            using var output = new SocketStream(socket);
            using var answer = new Answer(null, output);
            answer.End(RemoteError.Busy("Too many are connected to this process: close one of them, or try again."));
        }
        catch (SocketException)
        {
            // It has gone.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => socket.Dispose();

    private void Answer(SocketStream output)
    {
        // One byte more than a line has, for its end.
        var buffer = new byte[RequestReader.LongestLine + 1];
        var filled = 0;
        while (true)
        {
            var received = socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            if (received == 0)
            {
                return;
            }

            var searched = filled;
            filled += received;
            var begin = 0;
            for (int end; (end = Array.IndexOf(buffer, (byte)'\n', searched, filled - searched)) >= 0; searched = begin)
            {
                if (!RemoteRequests.TryAnswer(buffer.AsSpan(begin, end - begin), SitControlSource.Tool, null, output))
                {
                    return;
                }

                begin = end + 1;
            }

            filled -= begin;
            if (filled == buffer.Length)
            {
                RemoteRequests.TryAnswer(buffer, SitControlSource.Tool, null, output);
                return;
            }

            Buffer.BlockCopy(buffer, begin, buffer, 0, filled);
        }
    }
}
