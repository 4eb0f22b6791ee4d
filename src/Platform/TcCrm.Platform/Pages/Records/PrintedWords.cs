using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What stands on paper: words alone, nothing to press. Of a masked field it is what the screen shows.</summary>
public sealed class PrintedWords(RecordLabels labels, CrmDbContext db, CurrentUser user, IText text, TimeProvider time)
{
    /// <summary>Figures stand under each other; what one reads off as a whole is not broken.</summary>
    public static string? ClassOf(Field field) => field.Kind.Name switch
    {
        "number" or "money" => "num",
        "phone" or "date" or "moment" => "whole",
        _ => field.NumberPattern is not null ? "whole" : null,
    };

    public string Of(Field field, Record record) => field.Value(record) switch
    {
        null => "",
        Guid id when RecordLabels.Points(field) => labels.Of(field, id)?.Text ?? "",
        var value => field.Kind.Show(value, field, db.Snapshot.Settings.FieldContext, text),
    };

    /// <summary>Who printed it and when, so that a sheet that lies about says whose it is.</summary>
    public string Foot() => text["Printed by {0} on {1}", user.Name, TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, db.Snapshot.Settings.Zone).ToMinute()];
}
