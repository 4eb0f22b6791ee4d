using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

/// <summary>What the palette lets one do: a new record of every type that the user may create.</summary>
static class PaletteActions
{
    public static IReadOnlyList<RecordType> TypesOf(Navigation navigation, Access access) => [.. navigation.RecordTypes.Where(t => access.May(RecordRight.Create, t))];

    public static IEnumerable<PaletteEntry> Of(IEnumerable<RecordType> creatable, IText text) =>
        creatable.Select(t => new PaletteEntry(text["Actions"], text.New(t.Name), $"~{t.Path}/new", "plus"));
}
