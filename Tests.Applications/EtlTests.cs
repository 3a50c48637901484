using Tests.Signals;

namespace Tests.Applications;

/// <summary>Samples/Applications/Etl.</summary>
[Platform(Exclude = "Win", Reason = Tests.Signals.Signals.NotOnWindows)]
internal sealed class EtlTests
{
    private const string Orders = "20000";
    private const string Done = "done: 200 blocks, turnover 352906.00";

    private DirectoryInfo _folder = null!;

    private string Target => Path.Combine(_folder.FullName, "priced.csv");

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("sitters-etl-");

    [TearDown]
    public void TearDown() => _folder.Delete(recursive: true);

    [Test]
    public async Task an_import_prices_each_order_once()
    {
        await using var etl = Start();
        Assert.That(await etl.Exit(), Is.Zero, etl.ToString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(etl.Lines[^1], Is.EqualTo(Done));
            Assert.That(NumbersInTarget(), Is.EqualTo(Enumerable.Range(1, 20_000)));
        }
    }

    [Test]
    public async Task an_import_that_starts_again_goes_on_where_it_stood()
    {
        await using var etl = Start();
        await etl.Until("40 of 200 blocks");
        etl.Send(Signal.HUP);
        await etl.Until("starts again");
        var start = await etl.Until("from block ");
        Assert.That(await etl.Exit(), Is.Zero, etl.ToString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(int.Parse(start.Split(' ')[^1], null), Is.GreaterThanOrEqualTo(40));
            Assert.That(etl.Lines[^1], Is.EqualTo(Done));
            Assert.That(NumbersInTarget(), Is.EqualTo(Enumerable.Range(1, 20_000)));
        }
    }

    [Test]
    public async Task a_paused_import_goes_on_when_it_is_told_to()
    {
        await using var etl = Start();
        await etl.Until("20 of 200 blocks");
        etl.Send(Signal.USR1);
        await etl.Until("paused");
        etl.Send(Signal.USR2);
        await etl.Until("goes on");
        Assert.That(await etl.Exit(), Is.Zero, etl.ToString());
        Assert.That(etl.Lines[^1], Is.EqualTo(Done));
    }

    [Test]
    public async Task a_cancelled_import_leaves_nothing_half()
    {
        await using var etl = Start();
        await etl.Until("20 of 200 blocks");
        etl.Send(Signal.TERM);
        var code = await etl.Exit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), etl.ToString());
            Assert.That(etl.Lines, Has.Some.EqualTo("Cancelled: nothing was imported"));
            Assert.That(_folder.GetFileSystemInfos().Select(entry => entry.Name), Is.EqualTo(["orders.csv"]));
        }
    }

    private Application Start() => Application.Start("Etl", null, Orders, _folder.FullName);

    private IEnumerable<int> NumbersInTarget() => File.ReadLines(Target).Select(line => int.Parse(line[..line.IndexOf(';')], null));
}
