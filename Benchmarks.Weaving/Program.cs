using Benchmarks.Weaving;

// What weaving adds to a build, over Fody with a weaver that does nothing: dotnet run -c Release --project Benchmarks.Weaving
using var workshop = new Workshop();
await workshop.BuildIdleWeaver();
Console.WriteLine($"{"sat methods",12}{"Fody alone",20}{"with Sitters",20}{"added",20}");
foreach (var methods in new[] { 1_000, 10_000 })
{
    var alone = await workshop.Build(methods, "Idle");
    var woven = await workshop.Build(methods, "Sitters");
    Console.WriteLine($"{methods,12:N0}{alone,20}{woven,20}{new Measured(woven.Fody - alone.Fody, woven.PeakMemory - alone.PeakMemory),20}");
}
