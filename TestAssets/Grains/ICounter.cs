namespace Grains;

/// <typeparam name="T">Any.</typeparam>
public interface ICounter<T> : IGrainWithStringKey
{
    /// <summary>Counts, with an await behind each.</summary>
    Task<bool?> Count(T[] what);

    Task<Report> Report();
}

[GenerateSerializer]
public sealed record Report([property: Id(0)] int Counted, [property: Id(1)] int Changes, [property: Id(2)] string[] Wrong);
