namespace Sitters.Tool.Reaching;

/// <summary>Takes a stream line by line, and holds no more of it than the line.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The longest line that a process may answer, and some more.</summary>
    private const int Longest = 2 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line, without its end. Valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The other end has closed.</exception>
    public ReadOnlyMemory<byte> Read()
    {
        var searched = _start;
        while (true)
        {
            var length = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + length - _start);
                _start = searched + length + 1;
                return line;
            }

            searched = _end;
            if (_end == _buffer.Length)
            {
                searched -= _start;
                MakeRoom();
            }

            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        var held = _end - _start;
        var target = _buffer;
        if (held > _buffer.Length / 2)
        {
            if (held >= Longest)
            {
                throw new InvalidDataException("A line without an end.");
            }

            target = new byte[_buffer.Length * 2];
        }

        Buffer.BlockCopy(_buffer, _start, target, 0, held);
        (_buffer, _start, _end) = (target, 0, held);
    }
}
