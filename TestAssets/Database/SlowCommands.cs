using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Database;

/// <summary>Holds up commands until their token fires, as a database does that is slow.</summary>
public class SlowCommands : DbCommandInterceptor
{
    private int _slow;

    /// <summary>Is told of each command that is held up.</summary>
    public event Action? HeldUp;

    /// <summary>How many commands from now on.</summary>
    public void HoldUp(int commands) => _slow = commands;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (Interlocked.Decrement(ref _slow) >= 0)
        {
            var slow = Task.Delay(Timeout.Infinite, cancellationToken);
            HeldUp?.Invoke();
            await slow;
        }

        return result;
    }
}
