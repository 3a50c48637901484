using Sitters;

namespace Storm;

/// <summary>Writes down what happens to each call, and fails at times.</summary>
internal sealed class Witness : SitObserver
{
    public override void Started(SitContext call)
    {
        Books.Count("calls started");
        Books.Begin(call);
        Books.LifeOf(call, "its begin")?.See('S');
        Onlookers.MayFail(50);
    }

    public override void Attempting(SitContext call) => See(call, 'A');

    public override void Retrying(SitContext call, Exception? exception) => See(call, 'R');

    public override void Restarted(SitContext call) => See(call, 'X');

    public override void Interrupted(SitContext call)
    {
        Books.LifeOf(call, "an interrupt");
        Onlookers.MayFail(50);
    }

    public override void Paused(SitContext call)
    {
        Books.Count("calls paused");
        Books.LifeOf(call, "a pause");
        Onlookers.MayFail(50);
    }

    public override void Resumed(SitContext call)
    {
        Books.LifeOf(call, "a resume");
        Onlookers.MayFail(50);
    }

    public override void Ended(SitContext call)
    {
        Books.Count("calls ended");
        Books.End(call);
        Onlookers.MayFail(50);
    }

    public override void GraceOverrun(SitContext call)
    {
        Books.Count("grace overruns");
        Onlookers.MayFail(5);
    }

    private static void See(SitContext call, char what)
    {
        Books.LifeOf(call, $"observation {what}")?.See(what);
        Onlookers.MayFail(50);
    }
}
