namespace Grains;

/// <summary>Where grains say what they do, and wait until the test lets them go on.</summary>
public interface IStage
{
    void Say(string line);

    Task At(string point);
}
