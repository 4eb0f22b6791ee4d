namespace TcCrm.Ui;

/// <summary>The frame of a page. Every <c>Href</c> may start with <c>~/</c>, which stands for the tenant's address.</summary>
public sealed record ShellModel
{
    public required string TenantName { get; init; }
    /// <summary>Null while nobody is signed in.</summary>
    public ShellUser? User { get; init; }
    /// <summary>Null for those who work in one unit or none.</summary>
    public ShellUnits? Units { get; init; }
    /// <summary>Null for everybody who is themselves.</summary>
    public ShellViewing? Viewing { get; init; }
    public IReadOnlyList<NavGroup> Nav { get; init; } = [];
    /// <summary>The bar at the foot of a phone: up to four; a fifth place opens the whole navigation.</summary>
    public IReadOnlyList<NavItem> TabBar { get; init; } = [];
    /// <summary>What the palette offers before anything is typed; what is typed is asked at <c>~/palette?q=</c>.</summary>
    public IReadOnlyList<PaletteEntry> Palette { get; init; } = [];
    /// <summary>Sheets of the theme and of the tenant, such as <c>TcCrm.StaffTheme/theme.css</c> or <c>~/tenant.css</c>.</summary>
    public IReadOnlyList<string> StyleSheets { get; init; } = [];
    /// <summary>Address of the entry that is current.</summary>
    public string? Current { get; init; }
    /// <summary>Where the layout keeps what it has drawn: the same for models that differ at most in the user's name and the current entry.</summary>
    public KeptHtml? Kept { get; init; }
}

/// <summary>Entries of the side navigation under a small heading; the first group usually has none.</summary>
public sealed record NavGroup(string? Label, IReadOnlyList<NavItem> Items);

public sealed record NavItem(string Label, string Href, string Icon)
{
    public bool IsCurrent { get; init; }
    /// <summary>A number behind the label, already formatted.</summary>
    public string? Count { get; init; }
    /// <summary>The number asks for attention.</summary>
    public bool IsUrgent { get; init; }
    /// <summary>Shortcut such as <c>g c</c>.</summary>
    public string? Key { get; init; }
}

/// <summary>The person signed in, and the entries of their menu. Signing out is a POST to <paramref name="SignOutHref"/>.</summary>
public sealed record ShellUser(string DisplayName, string SignOutHref = "~/sign-out")
{
    public IReadOnlyList<NavItem> Menu { get; init; } = [];
}

/// <summary>Where the person works now, and where they could. Chosen by a POST of <c>unit</c> to <c>~/account/unit</c>.</summary>
public sealed record ShellUnits(string Current, bool IsAll, IReadOnlyList<ShellUnit> Choices);

/// <summary>The person signed in looks as somebody else, until then. A POST to <paramref name="BackHref"/> ends it.</summary>
public sealed record ShellViewing(string Who, string Until, string BackHref = "~/account/viewing/end");

/// <param name="Id">Empty for all.</param>
public sealed record ShellUnit(string Id, string Name, bool IsCurrent);

/// <summary>A line of the palette. Sent as JSON, its <paramref name="Href"/> must be complete: <c>entry with { Href = Links.Resolve(http, entry.Href) }</c>.</summary>
public sealed record PaletteEntry(string Group, string Label, string Href, string Icon, string? Hint = null);
