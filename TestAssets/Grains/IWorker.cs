namespace Grains;

public interface IWorker : IGrainWithStringKey
{
    Task<string?> Work();

    Task<string?> Leaves();

    Task<string?> Hangs();

    ValueTask<int> Value();

    Task<string?> Cancellable(CancellationToken token = default);

    [ResponseTimeout("00:00:00.2")]
    Task<string?> Impatient();

    [ResponseTimeout("00:00:00.2")]
    Task<string?> ImpatientCancellable(CancellationToken token = default);

    Task<string?> Calls(IWorker other);

    Task<string?> CallsCancellable(IWorker other);

    IAsyncEnumerable<int> Count(CancellationToken token = default);

    Task StartTimer();

    Task<string?> NotSat();

    Task Deactivate();
}
