using System.Globalization;

namespace Sitters.Tool.Reaching;

/// <summary>The names of users.</summary>
internal static class Users
{
    /// <summary>The name of a user by number, or the number where there is none.</summary>
    public static string NameOf(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            var entries = File.ReadLines("/etc/passwd").Select(line => line.Split(':'));
            return entries.FirstOrDefault(entry => entry.Length > 2 && entry[2] == number)?[0] ?? number;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return number;
        }
    }
}
