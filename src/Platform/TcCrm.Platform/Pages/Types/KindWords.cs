using TcCrm.Platform.Definitions;
using TcCrm.Platform.Pages.Records;

namespace TcCrm.Platform.Pages.Types;

/// <summary>The kinds of field in words: <c>FieldKind.long-text</c>.</summary>
public static class KindWords
{
    public static IReadOnlyList<string> All => MadeFields.Kinds;

    public static string KeyOf(string kind) => "FieldKind." + kind;

    public static string IconOf(string kind) => KindIcons.OfName(kind);
}
