using Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Tests.Forwarding;

/// <summary>A context of Entity Framework, which does one operation at a time, is free again when the next attempt begins.</summary>
internal sealed class DatabaseTests : ControllerFixture
{
    private const int Retries = 20;

    private SqliteConnection _connection = null!;
    private SlowCommands _commands = null!;
    private StockContext _context = null!;

    [SetUp]
    public async Task CreateDatabase()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        await _connection.OpenAsync();
        _commands = new SlowCommands();
        _context = new StockContext(
            new DbContextOptionsBuilder<StockContext>().UseSqlite(_connection).AddInterceptors(_commands).Options);
        await _context.Database.EnsureCreatedAsync();
        _commands.HeldUp += () => Stage.Say("held up");
    }

    [TearDown]
    public async Task DropDatabase()
    {
        await _context.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Test]
    public async Task a_query_that_times_out_leaves_the_context_to_the_next_attempt()
    {
        _commands.HoldUp(Retries);

        var call = new Stock(_context).Count();

        await TimeOut();
        Assert.That(await call.InTime(), Is.Zero);
    }

    [Test]
    public async Task a_save_that_times_out_leaves_the_context_to_the_next_attempt()
    {
        _commands.HoldUp(Retries);

        var call = new Stock(_context).Add("nail");

        await TimeOut();
        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(await _context.Items.CountAsync(), Is.EqualTo(1));
    }

    private async Task TimeOut()
    {
        for (var attempt = 1; attempt <= Retries; attempt++)
        {
            await Stage.Said("held up", attempt);
            Clock.Advance(1);
        }
    }
}
