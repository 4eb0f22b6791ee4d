using System.Globalization;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Editing;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Types;

/// <summary>The form that a draft would give. Its fields have names of their own: those of a draft may still be missing, twice or malformed.</summary>
public sealed record PreviewForm(TypeDefinition Definition, IReadOnlyList<(string? Title, IReadOnlyList<FieldInput> Inputs)> Sections)
{
    public static PreviewForm Of(TypeDraft draft, CrmDbContext db, CodeRecordTypes code, RecordLabels labels)
    {
        var number = 0;
        var sections = draft.Sections.Select(s => s with { Fields = [.. s.Fields.Select(f => f with { Name = "P" + (number++).ToString(CultureInfo.InvariantCulture), Slot = 0, Pattern = null, Labels = f.Labels.Shown is null ? Wordings.Of(f.Name, null) : f.Labels })] }).ToList();
        var definition = new TypeDefinition { Name = TypeDefinition.Module + ".preview", Labels = draft.Type.Labels, Fields = [.. sections.SelectMany(s => s.Fields)] }.WithSlots();
        var type = db.Snapshot.Types.Over([], code.Kinds, definition).ByName[definition.Name];
        var record = type.New();
        var inputs = type.Fields.Where(f => f.Slot is not null && !f.IsReadOnly).ToDictionary(f => f.Name, f => FieldInput.Of(f, record, labels, db.Snapshot.Settings.FieldContext));
        return new(definition, [.. sections.Where(s => s.Fields.Count > 0).Select(s => (s.Labels.Shown, (IReadOnlyList<FieldInput>)[.. s.Fields.Select(f => inputs.GetValueOrDefault(f.Name)).OfType<FieldInput>()]))]);
    }
}
