namespace Tests.Interleavings.Scheduling;

/// <summary>The real threads. The one with the lowest number that is free is taken, so that the same run has the same ones.</summary>
internal static class Workers
{
    private static readonly SortedList<int, Worker> _free = [];
    private static readonly System.Threading.Lock _lock = new();
    private static int _made;

    public static Worker Take()
    {
        lock (_lock)
        {
            if (_free.Count > 0)
            {
                var worker = _free.GetValueAtIndex(0);
                _free.RemoveAt(0);
                return worker;
            }
        }

        return new Worker(++_made);
    }

    public static void Return(Worker worker)
    {
        lock (_lock)
        {
            _free.Add(worker.Number, worker);
        }
    }
}
