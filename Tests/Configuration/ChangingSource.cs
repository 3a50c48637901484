using Microsoft.Extensions.Configuration;

namespace Tests.Configuration;

/// <summary>A source whose one value a test changes.</summary>
internal sealed class ChangingSource : ConfigurationProvider, IConfigurationSource
{
    private readonly string _key;

    public ChangingSource((string Key, string Value) first)
    {
        _key = first.Key;
        Data[_key] = first.Value;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Change(string value)
    {
        Data[_key] = value;
        OnReload();
    }
}
