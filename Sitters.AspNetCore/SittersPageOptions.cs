namespace Sitters.AspNetCore;

/// <summary>How the page of <c>MapSitters</c> behaves.</summary>
public sealed class SittersPageOptions
{
    private TimeSpan _interval = TimeSpan.FromSeconds(1);
    private string _title = "Sitters";

    /// <summary>
    /// Whether the page only shows, and changes nothing: it has no buttons then, and an order sent to it is refused. Default: true, but in the
    /// environment <c>Development</c>.
    /// </summary>
    public bool ReadOnly { get; set; } = true;

    /// <summary>What stands at the head of the page and on the browser's tab. Default: "Sitters", and the name of the application.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string Title
    {
        get => _title;
        set => _title = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// How often the calls are looked at while somebody has the page open; nothing runs while nobody has. Where one look takes long, the next
    /// comes later. Default: one second.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 0.1 seconds, or more than a minute.</exception>
    public TimeSpan Interval
    {
        get => _interval;
        set
        {
            if (value < TimeSpan.FromSeconds(0.1) || value > TimeSpan.FromMinutes(1))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The interval is from 0.1 seconds to a minute.");
            }

            _interval = value;
        }
    }
}
