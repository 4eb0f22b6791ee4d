using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A record as its page shows it.</summary>
/// <param name="Slots">What other features add to the page, for this user, in order.</param>
public sealed record RecordView(RecordType Type, Record Record, FieldContext Context, IReadOnlyList<Slot> Slots, HistoryPage History)
{
    public string Title => Type.TitleOf(Record);

    public IEnumerable<Slot> At(string place) => Slots.Where(s => s.Place == place);

    /// <summary>Null when the field is empty.</summary>
    public FieldView? ViewOf(Field field) => field.Value(Record) is { } value ? new(field, value, Context) : null;

    public IEnumerable<Field> FieldsOf(FormSection section) => section.Fields.Select(Type.Find).OfType<Field>().Where(f => f != Type.Title);
}

/// <summary>Reads all that a record's page needs, names included.</summary>
public sealed class RecordViews(RecordAddress address, RecordLabels labels, RecordHistory history, ITenantCatalogue catalogue, Access access, CrmDbContext db)
{
    public async Task<RecordView?> ReadAsync(CancellationToken cancel)
    {
        if (await address.FindAsync(cancel) is not { } record) return null;
        var type = address.Type;
        await labels.LoadAsync(type.Fields, [record], cancel);
        await labels.LoadUsersAsync([record.CreatedById, record.ModifiedById], cancel);
        var slots = catalogue.Of<Slot>().Where(s => s.RecordType == type.Name && (s.Permission is null || access.May(s.Permission))).OrderBy(s => s.Order);
        return new(type, record, db.Snapshot.Settings.FieldContext, [.. slots], await history.ReadAsync(type, record.Id, null, cancel));
    }
}
