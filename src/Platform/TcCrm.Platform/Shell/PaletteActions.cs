using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

/// <summary>What the palette lets one do: a new record of every type that the user may create.</summary>
static class PaletteActions
{
    public static IEnumerable<PaletteEntry> Of(Navigation navigation, Access access, IText text) => navigation.RecordTypes
        .Where(t => access.May(RecordRight.Create, t))
        .Select(t => new PaletteEntry(text["Actions"], text.New(t.Name), $"~{t.Path}/new", "plus"));
}
