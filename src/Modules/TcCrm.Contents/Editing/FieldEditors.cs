using System.Globalization;
using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;

namespace TcCrm.Contents.Editing;

/// <summary>Every kind of field and part that can be edited here. All others stay in the item as they are.</summary>
static class FieldEditors
{
    const int LongestBody = 1_000_000;

    static readonly Dictionary<string, FieldEditor> All = new FieldEditor[]
    {
        new TextEditor("TitlePart", "Title", longest: 1_000), new TextEditor("AliasPart", "Alias", longest: 740), new TextEditor("AutoroutePart", "Path", longest: ContentPath.Longest),
        new TextEditor("HtmlBodyPart", "Html", "body", LongestBody), new TextEditor("MarkdownBodyPart", "Markdown", "body", LongestBody), new TextEditor("LiquidPart", "Liquid", "body", LongestBody),
        new TextEditor("HtmlField", "Html", "body", LongestBody), new TextEditor("MarkdownField", "Markdown", "body", LongestBody),
        new MomentEditor("PublishLaterPart", "ScheduledPublishUtc"), new MomentEditor("DateTimeField", "Value"),
        new PlainTextEditor(), new NumericEditor(), new BooleanEditor(), new DateEditor(), new TimeEditor(), new LinkEditor(), new GeoPointEditor(), new MediaEditor(),
        new ChosenEditor("MultiTextField", "Values"), new ChosenEditor("ContentPickerField", "ContentItemIds"), new UserEditor(), new TermEditor(), new TermTypeEditor(),
    }.ToDictionary(e => e.Kind);

    public static FieldEditor? Of(string kind) => All.GetValueOrDefault(kind);

    /// <summary>The fields of a part; a part that is a value itself is the one field.</summary>
    public static IEnumerable<FieldShape> FieldsOf(PartShape part) => All.ContainsKey(part.PartName) ? [new(part.PartName, part.PartName == "TaxonomyPart" ? TermTypeEditor.Key : part.Label, [part.Name], part.Settings) { Place = part.Place }, .. part.Fields] : part.Fields;
}

/// <summary>A text of one line, of several, or one of a list.</summary>
sealed class PlainTextEditor() : TextEditor("TextField", "Text", longest: 100_000)
{
    static readonly string[] Long = ["TextArea", "CodeMirror", "Monaco"];

    public override string ControlOf(FieldShape field) => field.Editor switch
    {
        "PredefinedList" => "choice",
        "Email" => "email",
        "Tel" => "tel",
        "Url" => "url",
        { } editor when Long.Contains(editor) => "body",
        _ => "text",
    };

    public static IReadOnlyList<Choice> Listed(FieldShape field, string settings) =>
        [.. (field.Settings[settings]?["Options"] as JsonArray ?? []).OfType<JsonObject>().Select(o => ContentJson.Text(o, "value") is { } value ? new Choice(value, ContentJson.Text(o, "name") ?? value) : null).OfType<Choice>()];
}

sealed class NumericEditor() : FieldEditor("NumericField")
{
    public override string ControlOf(FieldShape field) => "number";

    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [value["Value"]?.ToString() ?? ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var text = texts.FirstOrDefault("").Trim();
        if (text.Length == 0) return field.IsRequired ? context.Refuse(field, "Fill in this field.") : new() { ["Value"] = null };
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return context.Refuse(field, "This is not a number, such as 1234.5.");
        var (scale, least, most) = (Number(field, "Scale") ?? 0, Number(field, "Minimum"), Number(field, "Maximum"));
        if (number != decimal.Round(number, (int)Math.Clamp(scale, 0, 28))) return context.Refuse(field, "This number has {0} places behind the point at most.", scale);
        if (number < least) return context.Refuse(field, "The number must be {0} or more.", least);
        return number > most ? context.Refuse(field, "The number must be {0} or less.", most) : new() { ["Value"] = number };
    }

    static decimal? Number(FieldShape field, string setting) => field.Own[setting] is JsonValue value && decimal.TryParse(value.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}

sealed class BooleanEditor() : FieldEditor("BooleanField")
{
    public override string ControlOf(FieldShape field) => "check";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [ContentJson.Flag(value, "Value") == true ? "true" : "false"];
    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context) => new() { ["Value"] = texts.Contains("true") };
}

/// <summary>A day, kept as its first moment in UTC.</summary>
sealed class DateEditor() : FieldEditor("DateField")
{
    const string Day = "yyyy-MM-dd";

    public override string ControlOf(FieldShape field) => "date";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [ContentJson.Moment(value, "Value")?.ToString(Day, CultureInfo.InvariantCulture) ?? ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var text = texts.FirstOrDefault("").Trim();
        if (text.Length == 0) return field.IsRequired ? context.Refuse(field, "Fill in this field.") : new() { ["Value"] = null };
        return DateOnly.TryParseExact(text, Day, out _) ? new() { ["Value"] = text + "T00:00:00Z" } : context.Refuse(field, "This is not a date. Type it like 2026-03-31.");
    }
}

/// <summary>A moment, typed in the tenant's zone and kept in UTC.</summary>
sealed class MomentEditor(string kind, string key) : FieldEditor(kind)
{
    const string Minute = "yyyy-MM-dd'T'HH:mm";

    public override string ControlOf(FieldShape field) => "moment";

    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) =>
        [ContentJson.Moment(value, key) is { } utc ? TimeZoneInfo.ConvertTimeFromUtc(utc, context.Zone).ToString(Minute, CultureInfo.InvariantCulture) : ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var text = texts.FirstOrDefault("").Trim();
        if (text.Length == 0) return field.IsRequired ? context.Refuse(field, "Fill in this field.") : new() { [key] = null };
        if (!DateTime.TryParseExact(text, [Minute, "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || context.Zone.IsInvalidTime(local))
            return context.Refuse(field, "This is not a date with time. Type it like 2026-03-31 14:30.");
        return new() { [key] = TimeZoneInfo.ConvertTimeToUtc(local, context.Zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
    }
}

sealed class TimeEditor() : FieldEditor("TimeField")
{
    public override string ControlOf(FieldShape field) => "time";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [TimeOnly.TryParse(ContentJson.Text(value, "Value"), CultureInfo.InvariantCulture, out var time) ? time.ToString("HH:mm", CultureInfo.InvariantCulture) : ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var text = texts.FirstOrDefault("").Trim();
        if (text.Length == 0) return field.IsRequired ? context.Refuse(field, "Fill in this field.") : new() { ["Value"] = null };
        return TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? new() { ["Value"] = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture) } : context.Refuse(field, "This is not a time. Type it like 14:30.");
    }
}

/// <summary>An address and the words that lead there.</summary>
sealed class LinkEditor() : FieldEditor("LinkField")
{
    static readonly string[] Schemes = ["http://", "https://", "mailto:", "tel:", "/", "~/", "#"];

    public override string ControlOf(FieldShape field) => "link";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [ContentJson.Text(value, "Url") ?? "", ContentJson.Text(value, "Text") ?? ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var (url, words) = (texts.ElementAtOrDefault(0)?.Trim() ?? "", texts.ElementAtOrDefault(1)?.Trim() ?? "");
        if (url.Length == 0 && field.IsRequired) return context.Refuse(field, "Fill in this field.");
        if (url.Length > 0 && !Schemes.Any(s => url.StartsWith(s, StringComparison.OrdinalIgnoreCase))) return context.Refuse(field, "This is not an address. It begins with https:// or /.");
        return new() { ["Url"] = url, ["Text"] = words };
    }
}

sealed class GeoPointEditor() : FieldEditor("GeoPointField")
{
    public override string ControlOf(FieldShape field) => "point";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [value["Latitude"]?.ToString() ?? "", value["Longitude"]?.ToString() ?? ""];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var (first, second) = (texts.ElementAtOrDefault(0)?.Trim() ?? "", texts.ElementAtOrDefault(1)?.Trim() ?? "");
        if (first.Length + second.Length == 0) return field.IsRequired ? context.Refuse(field, "Fill in this field.") : new() { ["Latitude"] = null, ["Longitude"] = null };
        return Degrees(first, 90) is { } latitude && Degrees(second, 180) is { } longitude ? new() { ["Latitude"] = latitude, ["Longitude"] = longitude }
            : context.Refuse(field, "Type latitude (-90 to 90) and longitude (-180 to 180) in degrees.");
    }

    static decimal? Degrees(string text, decimal most) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees : null;
}

/// <summary>Paths of media files, one in a line.</summary>
sealed class MediaEditor() : FieldEditor("MediaField")
{
    public override string ControlOf(FieldShape field) => "lines";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [string.Join('\n', Listed(value, "Paths"))];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var paths = texts.FirstOrDefault("").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (paths.Length == 0 && field.IsRequired) return context.Refuse(field, "Fill in this field.");
        if (paths.Length > 1 && ContentJson.Flag(field.Own, "Multiple") == false) return context.Refuse(field, "Choose one value only.");
        return new() { ["Paths"] = ArrayOf(paths) };
    }

    public static IEnumerable<string> Listed(JsonObject value, string key) => (value[key] as JsonArray ?? []).OfType<JsonValue>().Select(v => v.TryGetValue(out string? text) ? text : null).OfType<string>();

    public static JsonArray ArrayOf(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}

/// <summary>Some of what is offered, by value. What was chosen before and is no longer offered may stay.</summary>
class ChosenEditor(string kind, string key) : FieldEditor(kind)
{
    public override string ControlOf(FieldShape field) => IsMany(field) ? "choices" : "choice";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => [.. MediaEditor.Listed(value, key)];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context)
    {
        var chosen = texts.Where(t => t.Length > 0).Distinct().ToList();
        if (chosen.Count == 0 && field.IsRequired) return context.Refuse(field, "Fill in this field.");
        if (chosen.Count > 1 && !IsMany(field)) return context.Refuse(field, "Choose one value only.");
        return chosen.TrueForAll(v => context.ChoicesOf(field).Any(c => c.Value == v && !c.IsHeading)) ? Value(chosen, field, context) : context.Refuse(field, "Choose from the listed values.");
    }

    protected virtual bool IsMany(FieldShape field) => Kind == "MultiTextField" || ContentJson.Flag(field.Own, "Multiple") == true;

    protected virtual JsonObject Value(IReadOnlyList<string> chosen, FieldShape field, EditContext context) => new() { [key] = MediaEditor.ArrayOf(chosen) };
}

sealed class UserEditor() : ChosenEditor("UserPickerField", "UserIds")
{
    protected override JsonObject Value(IReadOnlyList<string> chosen, FieldShape field, EditContext context)
    {
        var value = base.Value(chosen, field, context);
        value["UserNames"] = MediaEditor.ArrayOf(chosen.Select(id => context.ChoicesOf(field).First(c => c.Value == id).Label));
        return value;
    }
}

sealed class TermEditor() : ChosenEditor("TaxonomyField", "TermContentItemIds")
{
    protected override bool IsMany(FieldShape field) => ContentJson.Flag(field.Own, "Unique") != true;

    protected override JsonObject Value(IReadOnlyList<string> chosen, FieldShape field, EditContext context)
    {
        var value = base.Value(chosen, field, context);
        value["TaxonomyContentItemId"] = ContentJson.Text(field.Own, "TaxonomyContentItemId");
        if (field.Editor == "Tags") value["TagNames"] = MediaEditor.ArrayOf(chosen.Select(id => context.ChoicesOf(field).First(c => c.Value == id).Label));
        return value;
    }
}

/// <summary>Of which type the terms of a taxonomy are.</summary>
sealed class TermTypeEditor() : FieldEditor("TaxonomyPart")
{
    public const string Key = "TermContentType";

    public override string ControlOf(FieldShape field) => "choice";
    public override IReadOnlyList<string> Read(JsonObject value, FieldShape field, EditContext context) => ContentJson.Text(value, Key) is { } type ? [type] : [];

    public override JsonObject? Write(IReadOnlyList<string> texts, FieldShape field, EditContext context) => texts.FirstOrDefault("") switch
    {
        "" => context.Refuse(field, "Fill in this field."),
        var type when context.ChoicesOf(field).Any(c => c.Value == type) => new() { [Key] = type },
        _ => context.Refuse(field, "Choose from the listed values."),
    };
}
