using Benchmarks.Weaving;

// What weaving adds to a build, over Fody with a weaver that does nothing: dotnet run -c Release --project Benchmarks.Weaving
using var workshop = new Workshop();
await workshop.BuildIdleWeaver();
Console.WriteLine($"{"sat methods",12}{"Fody alone",14}{"with Sitters",14}{"added",12}{"peak memory",14}");
foreach (var methods in new[] { 1_000, 10_000 })
{
    var idle = await workshop.Build(methods, "Idle");
    var sitters = await workshop.Build(methods, "Sitters");
    Console.WriteLine($"{methods,12:N0}{idle.Fody.TotalSeconds,12:0.00} s{sitters.Fody.TotalSeconds,12:0.00} s{(sitters.Fody - idle.Fody).TotalSeconds,10:0.00} s{sitters.PeakMemory / 1_048_576,11:N0} MB");
}
