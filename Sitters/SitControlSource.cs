namespace Sitters;

/// <summary>Where an order to pause, resume, restart or cancel came from.</summary>
public enum SitControlSource
{
    /// <summary>Code of the program, through <see cref="Sitter"/>, <see cref="SitterScope"/> or <see cref="SitContext"/>.</summary>
    Code,

    /// <summary>A signal of the operating system.</summary>
    Signal,

    /// <summary>The command-line tool.</summary>
    Tool,

    /// <summary>The web page.</summary>
    Page,

    /// <summary>The host, as it stops.</summary>
    Host,

    /// <summary>Something that steers many processes at once.</summary>
    Fleet,
}
