using System.Text.RegularExpressions;

namespace TcCrm.Tests.Architecture;

/// <summary>
/// What a user may see is decided in one place: record types are asked for through <c>Access</c>, records are read through their type.
/// Whoever queries a record class directly, or takes a type from the snapshot, looks past the user's reach and field rules.
/// </summary>
public sealed partial class RightsTests
{
    /// <summary>The engine itself, rules that must see every record, administration of all types, and verbs, which run as the system.</summary>
    static readonly string[] Unlimited =
    [
        "/Records/", "/Permissions/", "/Data/CrmDbContext.cs", "/Organisation/UnitsFormATree.cs", "/Organisation/UnitTree.cs", "/Identity/Roles/", "/Recipes/", "/Search/RebuildSearch.cs", "/Tenants/", "/ImportExport/Verbs/", "/TcCrm.Platform/Privacy/", "/Pages/Privacy/",
        "/Pages/Settings/Numbers.cshtml.cs", "/Pages/Roles/", "/Pages/Types/", "/Definitions/", "/Pages/Records/RevealField.cs", "/Identity/OpenId/Server/ScopeWords.cs", "/Shell/Navigation.cs", "/Shell/RecordAddress.cs",
    ];

    static readonly IReadOnlyList<string> Classes = [.. SourceTree.Under("src/", ".cs").SelectMany(f => RecordClass().Matches(f.Text)).Select(m => m.Groups[1].Value)];

    [Fact]
    public void Records_and_their_types_are_read_as_the_user_may_see_them() => Violations.AssertNone(
        SourceTree.Under("src/", ".cs").Concat(SourceTree.Under("src/", ".cshtml")).Where(f => !(f.Path.EndsWith("/TcCrm.Announcements/Readings/NoticeBoard.cs", StringComparison.Ordinal) || f.Path.Contains("/TcCrm.Platform/", StringComparison.Ordinal) && Unlimited.Any(u => f.Path.Contains(u, StringComparison.Ordinal)))).SelectMany(PastTheRights));

    [Fact]
    public void Knows_the_record_classes() => Assert.Contains("Customer", Classes);

    [Theory]
    [InlineData("var all = await db.Set<Customer>().ToListAsync(cancel);")]
    [InlineData("var type = db.Snapshot.RecordTypes[\"customers.customer\"];")]
    public void Sees_a_look_past_the_rights(string source) => Assert.Single(PastTheRights(new("src/Modules/X/Panel.cs", source)));

    [Theory]
    [InlineData("var type = access.TypeOf(\"customers.customer\");")]
    [InlineData("var mails = await db.Set<MailMessage>().ToListAsync(cancel);")]
    public void Lets_the_rest_pass(string source) => Assert.Empty(PastTheRights(new("src/Modules/X/Panel.cs", source)));

    static IEnumerable<string> PastTheRights(SourceFile file) =>
        Look().Matches(file.Text).Where(m => m.Groups[1].Value is var name && (name.Length == 0 || Classes.Contains(name))).Select(m => $"{file.Path}: {m.Value}");

    [GeneratedRegex(@"\bSet<(\w+)>\(\)|Snapshot\.RecordTypes\b")]
    private static partial Regex Look();

    [GeneratedRegex(@"class (\w+) : Record\b")]
    private static partial Regex RecordClass();
}
