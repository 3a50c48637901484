namespace Sitters.Fody.Reading;

/// <summary>The members that the settings of one method name, each looked up where the level that names it says.</summary>
internal sealed class NamedMembers(MethodDefinition method, SettingStack settings)
{
    private readonly List<(TypeReference? HooksType, MemberFinder Finder)> _finders = [];

    public IEnumerable<MemberUse> Hooks(Setting setting) => settings.Hooks(setting)
        .SelectMany(list => list.Names.Select(name => In(list.HooksType).Hook(setting, name)));

    public MemberUse? Retry(TypeReference? result) => settings.Text(KnownSettings.Retry) is { } name
        ? In(settings.HooksTypeOf(KnownSettings.Retry)).Retry(name, result)
        : null;

    public MemberUse? Cache() => settings.Text(KnownSettings.Cache) is { } name
        ? In(settings.HooksTypeOf(KnownSettings.Cache)).Cache(name)
        : null;

    private MemberFinder In(TypeReference? hooksType)
    {
        foreach (var (known, finder) in _finders)
        {
            if (known == hooksType)
            {
                return finder;
            }
        }

        var made = new MemberFinder(method, hooksType);
        _finders.Add((hooksType, made));
        return made;
    }
}
