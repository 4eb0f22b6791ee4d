using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A form for a new or an existing record, as it goes to the browser.</summary>
/// <param name="Record">Null for a new one.</param>
/// <param name="Token">Makes a new record at most once, however often its form is sent.</param>
public sealed record RecordForm(RecordType Type, Record? Record, Guid Token, IReadOnlyDictionary<string, FieldInput> Inputs, IReadOnlyList<FormProblem> Problems)
{
    public IEnumerable<(string Title, IReadOnlyList<FieldInput> Inputs)> Sections => Type.Screens.Sections
        .Select(s => (s.Title, (IReadOnlyList<FieldInput>)[.. s.Fields.Select(Inputs.GetValueOrDefault).OfType<FieldInput>()]))
        .Where(s => s.Item2.Count > 0);

    public string CancelHref => Record is null ? RecordLinks.List(Type) : RecordLinks.Of(Type, Record);

    /// <summary>What a form may change, in the order of the screen.</summary>
    public static IEnumerable<Field> FieldsOf(RecordType type) => type.Screens.Sections.SelectMany(s => s.Fields).Select(type.Find).OfType<Field>().Where(f => !f.IsReadOnly).Distinct();
}
