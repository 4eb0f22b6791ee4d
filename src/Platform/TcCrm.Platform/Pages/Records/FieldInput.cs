using System.Globalization;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>One field of a form, for <c>Fields/&lt;kind&gt;/_Edit</c>.</summary>
/// <param name="Text">What the control holds: neutral text, or what was typed.</param>
/// <param name="Shown">For fields that point to something: what it is called, or the words typed.</param>
/// <param name="Error">The first problem, in the user's language.</param>
public sealed record FieldInput(Field Field, string Text, string Shown, string? Error)
{
    public const string Prefix = "f.";

    public string Name => Prefix + Field.Name;
    public string Id => Name.Replace('.', '_');
    /// <summary>What the typed words may mean, when they mean more than one thing.</summary>
    public IReadOnlyList<FieldOption> Matches { get; init; } = [];
    public bool IsWide => Field.Kind.Name is "long-text";
    public string? MaxLength => Field.MaxLength?.ToString(CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Words => Text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Amount and currency of an amount of money.</summary>
    public (string Amount, string Currency) Money(string currency) =>
        Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var amount, var own] ? (amount, own) : (Text.Trim(), currency);

    public static FieldInput Of(Field field, Record record, RecordLabels labels, FieldContext context) => field.Value(record) switch
    {
        null => new(field, "", "", null),
        Guid id when RecordLabels.Points(field) => new(field, id.ToString(), labels.Of(field, id)?.Text ?? "", null),
        DateTime moment => new(field, TimeZoneInfo.ConvertTimeFromUtc(moment, context.Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), "", null),
        var value when field.Kind.Name == "region" => new(field, field.Kind.Format(value, field), Regions.Divisions.NameOf((string)value), null),
        var value => new(field, field.Kind.Format(value, field), "", null),
    };
}
