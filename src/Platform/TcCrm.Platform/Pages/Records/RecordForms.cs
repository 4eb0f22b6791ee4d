using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Makes forms: empty, from a record, or once more with what was typed and what is wrong with it.</summary>
public sealed class RecordForms(CrmDbContext db, RecordLabels labels, IText text)
{
    FieldContext Context => db.Snapshot.Settings.FieldContext;

    /// <param name="wishes">May name values to begin with, as a posted form would: <c>?f.CustomerId=…</c>.</param>
    public async Task<RecordForm> NewAsync(RecordType type, IQueryCollection wishes, CancellationToken cancel)
    {
        var record = type.New();
        foreach (var field in RecordForm.FieldsOf(type))
            if (wishes[FieldInput.Prefix + field.Name].ToString() is { Length: > 0 } wish && field.Kind.TryParse(wish, field, Context, out var value)) field.TrySet(record, value);
        return await OfAsync(type, record, isNew: true, cancel);
    }

    public Task<RecordForm> EditAsync(RecordType type, Record record, CancellationToken cancel) => OfAsync(type, record, isNew: false, cancel);

    public RecordForm Again(RecordType type, Record? record, Guid token, FormValues typed, IReadOnlyList<RecordProblem> problems)
    {
        var order = RecordForm.FieldsOf(type).Select(f => f.Name).ToList();
        var messages = problems.OrderBy(p => order.IndexOf(p.Field)).Select(p => (p.Field, Text: typed.IsAmbiguous(p.Field) ? text["Several records fit. Choose one of them."] : p.Message(text))).ToList();
        var inputs = RecordForm.FieldsOf(type).ToDictionary(f => f.Name, f => typed.InputOf(f) with { Error = messages.Find(m => m.Field == f.Name).Text });
        return new(type, record, token, inputs, [.. messages.Select(m => new FormProblem(LineOf(type, m.Field, m.Text), inputs.GetValueOrDefault(m.Field)?.Id))]);
    }

    string LineOf(RecordType type, string field, string message) => type.Find(field) is { } found ? $"{text[found.LabelKey]} · {message}" : message;

    async Task<RecordForm> OfAsync(RecordType type, Record record, bool isNew, CancellationToken cancel)
    {
        var fields = RecordForm.FieldsOf(type).ToList();
        await labels.LoadAsync(fields, [record], cancel);
        return new(type, isNew ? null : record, Guid.CreateVersion7(), fields.ToDictionary(f => f.Name, f => FieldInput.Of(f, record, labels, Context)), []);
    }
}
