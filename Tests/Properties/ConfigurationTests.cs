using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Sitters;
using Sitters.Hosting.Configuration;
using Sitters.Runtime.Configuring;

namespace Tests.Properties;

/// <summary>Whatever a configuration says: it holds, or it is refused in sentences and what held before goes on.</summary>
internal sealed class ConfigurationTests : ControllerFixture
{
    private const string Read = "AssemblyToProcess.Configuring.Adjusted.Read";

    private static readonly Gen<string> _names = Gen.Frequency(
        (5, Gen.Elements(ConfigurableSettings.All.Select(setting => setting.Name).ToArray())),
        (1, Gen.Elements<string>(ConfigurableSettings.CompiledIn)),
        (2, Gen.Elements("To", "timeoutseconds", "0", "1", "99999999999999999999", "x")),
        (1, Property.Texts));

    private static readonly Gen<string> _entries = Gen.Frequency(
        (4, Gen.Elements(Read, "AssemblyToProcess.Configuring", "assemblytoprocess.configuring.adjusted", "Adjusted", "p", "q", "0", "1", "*", "Adjusted+X", "A`1", "A`", "`", "+")),
        (1, Property.Texts));

    private static readonly Gen<string?> _values = Gen.Frequency(
        (3, Property.Numbers),
        (2, Gen.Elements("true", "False", "Throw", "returndefault", "Exponential", "p", "q", "P ", "*", Read, "AssemblyToProcess.*")),
        (1, Property.Texts)).OrNothing();

    private static readonly Gen<KeyValuePair<string, string?>> _settings =
        from part in Gen.Frequency((8, Gen.Elements("Defaults", "Policies", "Methods", "Apply", "apply")), (1, Property.Texts))
        from entry in _entries
        from name in _names
        from value in _values
        from depth in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Constant(1)), (7, Gen.Constant(2)), (1, Gen.Constant(3)))
        select new KeyValuePair<string, string?>(
            string.Join(':', new[] { "Sitters", part, part == "Defaults" ? name : entry, name, "more" }.Take(depth + (part == "Defaults" ? 2 : 3)).Take(depth + 2)), value);

    /// <summary>Something that is right, so that what is right holds beside what is not told.</summary>
    private static readonly Gen<List<KeyValuePair<string, string?>>> _sections = Gen.Frequency(
        (3, _settings.Some(most: 6)),
        (1, Valid().Some(most: 4)));

    [Test]
    public void a_section_is_read_or_its_faults_are_told_in_sentences() => Property.Holds(
        _sections,
        section =>
        {
            var reader = new SectionReader(new SitterConfiguration());

            reader.Read(Configuration(section));

            Assert.That(reader.Problems, Is.All.Contains("Sitters").And.All.Match(@"[.?]\z"));
        },
        cases: 1000);

    [Test]
    public void a_section_is_in_force_whole_or_not_at_all_and_what_was_before_goes_on() => Property.Holds(
        _sections,
        section =>
        {
            using var scope = SitterScope.Begin();
            using var layer = SitEngine.Instance.OpenConfiguration(scope, SectionReader.Section, endsWithScope: false);
            Replace(layer, [new($"Sitters:Methods:{Read}:TimeoutSeconds", "7")]);
            var before = InForce(scope);

            try
            {
                Replace(layer, section);
            }
            catch (SitterConfigurationException refusal)
            {
                Assert.That(refusal.Problems, Is.Not.Empty.And.None.Empty);
                Assert.That(InForce(scope), Is.EqualTo(before));
                return;
            }

            Assert.That(InForce(scope), section.Count == 0 ? Is.Empty : Is.Not.Null);
        },
        cases: 40);

    [Test]
    public void configure_in_code_takes_any_values_or_refuses_them() => Property.Holds(
        Objects(),
        configure =>
        {
            try
            {
                Sitter.Configure(configure).Dispose();
            }
            catch (SitterConfigurationException refusal)
            {
                Assert.That(refusal.Problems, Is.Not.Empty.And.None.Empty);
            }

            Assert.That(Snapshot.Current.Unscoped(), Is.Empty);
        },
        cases: 40);

    [Test]
    public void a_number_that_is_accepted_can_be_used() => Property.Holds(
        Gen.Elements<ConfigurableSetting>(ConfigurableSettings.All).Zip(Property.Numbers),
        pair =>
        {
            var (setting, text) = pair;
            var settings = new SitSettings();
            if (!setting.TrySet(settings, text) || setting.Get(settings) is not { } value || setting.RangeProblem(value) is not null)
            {
                return;
            }

            var number = value is double seconds ? seconds : 0;
            Assert.That(double.IsFinite(number) && number >= 0);
            Assert.That(TimeSpan.FromSeconds(number), number > 0 && setting.ZeroIsNone ? Is.GreaterThan(TimeSpan.Zero) : Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        },
        cases: 500);

    private static Gen<KeyValuePair<string, string?>> Valid() => Gen.Elements<KeyValuePair<string, string?>>(
        new($"Sitters:Methods:{Read}:TimeoutSeconds", "3"), new("Sitters:Defaults:GraceSeconds", "0.5"), new("Sitters:Policies:p:MaxAttempts", "2"),
        new("Sitters:Apply:0:To", "AssemblyToProcess.*"), new("Sitters:Apply:0:Disabled", "true"), new("Sitters:Defaults:TimeoutSeconds", null));

    /// <summary>What only code can write: nothing where something must be, numbers that no text is, enumerations beyond their ends.</summary>
    private static Gen<Action<SitterConfiguration>> Objects() =>
        from name in _entries
        from number in Gen.Elements(0, 1, -1, double.NaN, double.MaxValue, double.Epsilon, double.PositiveInfinity)
        from count in Gen.Elements(0, 1, -1, int.MaxValue, int.MinValue)
        from choice in Gen.Elements(0, 1, 99, -1)
        from policy in _entries.OrNothing()
        from to in Property.Texts.OrNothing()
        from place in Gen.Choose(0, 5)
        select (Action<SitterConfiguration>)(configuration =>
        {
            var settings = new SitApply
            {
                To = to!,
                GraceSeconds = number,
                TimeoutSeconds = number,
                MaxAttempts = count,
                CacheSize = count,
                OnTimeout = (SitOutcome)choice,
                RetryBackoff = (Polly.DelayBackoffType)choice,
                Policy = policy,
            };
            switch (place)
            {
                case 0:
                    configuration.Defaults = settings;
                    break;
                case 1:
                    configuration.Policies[name] = settings;
                    break;
                case 2:
                    configuration.Methods[name] = settings;
                    break;
                case 3:
                    configuration.Apply.Add(settings);
                    break;
                case 4:
                    configuration.Apply.Add(null!);
                    break;
                default:
                    configuration.Methods[name] = null!;
                    break;
            }
        });

    private static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> section) => new ConfigurationBuilder()
        .Add(new MemoryConfigurationSource { InitialData = section.DistinctBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase) }).Build();

    private static void Replace(ConfigurationLayer layer, IEnumerable<KeyValuePair<string, string?>> section)
    {
        var read = new SitterConfiguration();
        var reader = new SectionReader(read);
        reader.Read(Configuration(section));
        layer.Replace(read, reader.Problems);
    }

    private static List<string> InForce(SitterScope scope) => [.. Snapshot.Current.In(scope).SelectMany(overlay => overlay.All)
        .SelectMany(set => set.Values).Select(value => $"{value.From}={value.Value}")];
}
