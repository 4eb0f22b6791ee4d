using System.Globalization;
using System.Text.Json.Nodes;
using TcCrm.Contents.Items;

namespace TcCrm.Contents.Definitions;

/// <summary>A content type as people see it: its parts in order, each with its fields.</summary>
public sealed record TypeShape(string Name, string Label, bool IsCreatable, bool IsListable, bool IsDraftable, IReadOnlyList<PartShape> Parts)
{
    public string? Stereotype { get; init; }

    public static TypeShape Of(ContentDefinition type, IReadOnlyDictionary<string, ContentDefinition> parts)
    {
        var json = type.Read();
        var settings = json["Settings"]?["ContentTypeSettings"] as JsonObject ?? [];
        return new(type.Name, DefinitionJson.Text(json, "DisplayName") ?? type.Name, ContentJson.Flag(settings, "Creatable") ?? false, ContentJson.Flag(settings, "Listable") ?? false, ContentJson.Flag(settings, "Draftable") ?? false,
            [.. Ordered(json[DefinitionJson.TypeParts], "ContentTypePartSettings").Select(p => PartShape.Of(p, parts))])
        { Stereotype = DefinitionJson.Text(settings, "Stereotype") };
    }

    /// <summary>The type of an item that lies inside another: a form posts its fields under the name of that place.</summary>
    public TypeShape Under(string place) => this with { Parts = [.. Parts.Select(p => p with { Place = place, Fields = [.. p.Fields.Select(f => f with { Place = place })] })] };

    /// <summary>What is left of a type whose definition is gone.</summary>
    public static TypeShape Unknown(string name) => new(name, name, false, false, true, []);

    /// <summary>By the position that the settings give, which is text such as <c>10</c>; equal ones as they are written.</summary>
    internal static IEnumerable<JsonObject> Ordered(JsonNode? records, string settings) =>
        (records as JsonArray ?? []).OfType<JsonObject>().OrderBy(r => decimal.TryParse(DefinitionJson.Text(r["Settings"]?[settings], "Position"), NumberStyles.Number, CultureInfo.InvariantCulture, out var at) ? at : 0);
}

/// <param name="Name">Under which the item's JSON has it; a part may be attached twice.</param>
public sealed record PartShape(string Name, string PartName, string Label, JsonObject Settings, IReadOnlyList<FieldShape> Fields)
{
    public string Place { get; init; } = FieldShape.Top;
    /// <summary>The settings of the part itself.</summary>
    public JsonObject Own => Settings[PartName + "Settings"] as JsonObject ?? [];

    internal static PartShape Of(JsonObject record, IReadOnlyDictionary<string, ContentDefinition> parts)
    {
        var (name, partName, settings) = (DefinitionJson.NameOf(record)!, DefinitionJson.Text(record, "PartName")!, DefinitionJson.SettingsOf(record));
        var fields = parts.TryGetValue(partName, out var part) ? TypeShape.Ordered(part.Read()[DefinitionJson.PartFields], "ContentPartFieldSettings") : [];
        return new(name, partName, DefinitionJson.Text(settings["ContentTypePartSettings"], "DisplayName") ?? name, settings, [.. fields.Select(f => FieldShape.Of(f, name))]);
    }
}

/// <summary>A field of a part, or the one value of a part that is one itself, such as the title.</summary>
/// <param name="Kind">Such as <c>NumericField</c>, or <c>TitlePart</c>.</param>
/// <param name="Path">Where the value stands in the item's JSON.</param>
/// <param name="Settings">All settings classes by name.</param>
public sealed record FieldShape(string Kind, string Label, IReadOnlyList<string> Path, JsonObject Settings)
{
    public const string Top = "c";

    public string Place { get; init; } = Top;
    /// <summary>The settings of the kind itself.</summary>
    public JsonObject Own => Settings[Kind + "Settings"] as JsonObject ?? [];
    public string? Hint => DefinitionJson.Text(Own, "Hint");
    public bool IsRequired => ContentJson.Flag(Own, "Required") ?? ContentJson.Text(Own, "Options") == "EditableRequired";
    public string? Editor => DefinitionJson.Text(Settings["ContentPartFieldSettings"], "Editor");
    /// <summary>Under which a form posts it.</summary>
    public string Input => $"{Place}.{string.Join('.', Path)}";

    internal static FieldShape Of(JsonObject record, string part)
    {
        var (name, settings) = (DefinitionJson.NameOf(record)!, DefinitionJson.SettingsOf(record));
        return new(DefinitionJson.Text(record, "FieldName")!, DefinitionJson.Text(settings["ContentPartFieldSettings"], "DisplayName") ?? name, [part, name], settings);
    }

    /// <summary>The value in the item; empty where there is none.</summary>
    public JsonObject In(JsonObject item) => Path.Aggregate((JsonNode?)item, (at, key) => (at as JsonObject)?[key]) as JsonObject ?? [];
}
