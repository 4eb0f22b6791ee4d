using System.Globalization;

namespace TcCrm.Bench;

/// <summary><c>&lt;figure&gt;|all|report [--rows N] [--requests N] [--rounds N] [--tenants N] [--idle SECONDS] [--port N] [--quick] [--out FILE]</c>.</summary>
sealed record BenchOptions(string? Name, IReadOnlyDictionary<string, string> Given)
{
    public const int SmallRows = 10_000;

    /// <summary>The server's port; a baseline takes the next.</summary>
    public int Port => Number("port", 21800);
    public bool IsQuick => Given.ContainsKey("quick");
    /// <summary>Customers of the large tenant.</summary>
    public int Rows => Number("rows", IsQuick ? 100_000 : 1_000_000);
    /// <summary>Requests of one side in one round: 10,000 in all rounds together.</summary>
    public int Requests => Number("requests", IsQuick ? 500 : 2_000);
    public int Rounds => Number("rounds", IsQuick ? 3 : 5);
    public int Tenants => Number("tenants", IsQuick ? 60 : 300);
    public TimeSpan Idle => TimeSpan.FromSeconds(Number("idle", IsQuick ? 10 : 60));
    public string? Out => Given.GetValueOrDefault("out");

    /// <summary>The same with a fifth of the requests.</summary>
    public BenchOptions Lighter() => this with { Given = new Dictionary<string, string>(Given) { ["requests"] = (Requests / 5).ToString(CultureInfo.InvariantCulture) } };

    public static string Root { get; } = FindRoot();
    /// <summary>Data and results are kept here between runs; the folder is git-ignored.</summary>
    public static string Kept { get; } = Path.Combine(Root, "artifacts", "bench");

    public static BenchOptions Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
            if (args[i].StartsWith("--", StringComparison.Ordinal)) given[args[i][2..]] = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : "";
        return new(args.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : null, given);
    }

    public string Text(string name) => Given.GetValueOrDefault(name) ?? throw new ArgumentException($"--{name} is missing.");

    int Number(string name, int usual) => Given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TcCrm.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The bench runs from a build inside the source tree.");
    }
}
