namespace Sitters.Testing;

/// <summary>A test has not come to its end, or has left calls running: the message says where each of them stands.</summary>
public sealed class SitTestException : Exception
{
    /// <summary>One without a message.</summary>
    public SitTestException()
    {
    }

    /// <summary>One with a message.</summary>
    /// <param name="message">The message.</param>
    public SitTestException(string message)
        : base(message)
    {
    }

    /// <summary>One with a message and what led to it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">What led to it.</param>
    public SitTestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
