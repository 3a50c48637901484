using Sitters;

namespace AssemblyToProcess.Faulty;

public class Returns
{
    [Sit]
    public int Property => 1; // SIT001

    [Sit]
    public int Number() => 1; // SIT001

    [Sit]
    public void Nothing()
    { // SIT001
    }

    [Sit]
    public Task<int>[] Tasks() => []; // SIT001

    [Sit]
    public OwnTask Own() => new(); // SIT001

    [Sit]
    public async void Forget()
    { // SIT002
        await Task.Yield();
    }
}

public class OwnTask() : Task(() => { });
