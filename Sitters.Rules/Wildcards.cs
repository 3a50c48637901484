namespace Sitters.Rules;

/// <summary>What a pattern with * and ? stands for, the same in FodyWeavers.xml, in configuration and in code.</summary>
internal static class Wildcards
{
    /// <summary>In time that grows with the one length times the other at most, however many wildcards there are.</summary>
    public static bool Match(string pattern, string name)
    {
        // Only the last * can take more than it has, so one place to go back to is enough.
        var (at, star, retry) = (0, -1, 0);
        for (var i = 0; i < name.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                retry = i;
            }
            else if (at < pattern.Length && (pattern[at] == name[i] || (pattern[at] == '?' && name[i] != '*')))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                i = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
        {
            at++;
        }

        return at == pattern.Length;
    }
}
