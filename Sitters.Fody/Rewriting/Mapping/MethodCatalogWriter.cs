using System.IO.Compression;
using System.Text;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>
/// Writes down the sat methods of a module, with their settings and where each comes from: docs/internals/method-catalog.md has the format.
/// </summary>
internal sealed class MethodCatalogWriter : BinaryWriter
{
    private const byte Version = 1;

    // What is known of a method's result.
    private const int Throws = 1;
    private const int NeverNone = 2;

    private readonly Dictionary<string, int> _numbers = [];

    private MethodCatalogWriter(Stream output)
        : base(output, new UTF8Encoding(false), leaveOpen: true)
    {
    }

    /// <summary>Gives the module its catalog.</summary>
    public static void Emit(ModuleDefinition module, IReadOnlyList<SatMethod> methods)
    {
        if (methods.Count == 0)
        {
            return;
        }

        var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        using (var compressed = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var buffer = new BufferedStream(compressed, 0x10000))
        using (var writer = new MethodCatalogWriter(buffer))
        {
            writer.WriteAll([.. methods.Select(method => (method, CompiledSettings.Of(method).ToArray()))]);
        }

        var name = $"Sitters.Methods.{ModuleNumber.Of(module):x8}";
        module.Resources.Add(new EmbeddedResource(name, ManifestResourceAttributes.Private, bytes.ToArray()));
    }

    private void WriteAll(IReadOnlyList<(SatMethod Method, CompiledSetting[] Settings)> methods)
    {
        var strings = methods
            .SelectMany(entry => entry.Settings.SelectMany(setting => new[] { setting.Name, setting.Text, setting.From })
                .Prepend(entry.Method.Name))
            .Distinct()
            .ToArray();
        Write7BitEncodedInt(strings.Length);
        foreach (var text in strings)
        {
            _numbers.Add(text, _numbers.Count);
            Write(text);
        }

        Write7BitEncodedInt(methods.Count);
        foreach (var (method, settings) in methods)
        {
            WriteNumber(method.Name);
            Write7BitEncodedInt(
                (method.AutoOutcome == CallerOutcome.Throw ? Throws : 0) | (method.ResultIsNeverNull ? NeverNone : 0));
            Write7BitEncodedInt(settings.Length);
            foreach (var setting in settings)
            {
                WriteNumber(setting.Name);
                Write7BitEncodedInt((int)setting.Kind);
                WriteNumber(setting.Text);
                WriteNumber(setting.From);
            }
        }
    }

    private void WriteNumber(string text) => Write7BitEncodedInt(_numbers[text]);
}
