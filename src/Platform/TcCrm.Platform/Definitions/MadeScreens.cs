using TcCrm.Platform.Definitions.Storage;

namespace TcCrm.Platform.Definitions;

/// <summary>How a type that a tenant has made is presented.</summary>
static class MadeScreens
{
    const int FirstColumns = 8;
    static readonly string[] Place = [nameof(MadeRecord.OwnerId), nameof(MadeRecord.UnitId)];

    /// <summary>What a section is called that nobody has named.</summary>
    public static Wordings Unnamed(bool isMade) => isMade ? new("基本信息", "General") : new("更多字段", "Further fields");

    public static RecordScreens Of(TypeDefinition definition)
    {
        var screens = new RecordScreens { DefaultSort = definition.Sort };
        screens.ColumnNames.AddRange(definition.Columns.Count > 0 ? definition.Columns : definition.Fields.Where(f => f.Kind is not "long-text").Take(FirstColumns).Select(f => f.Name));
        var named = definition.Sections.SelectMany(s => s.Fields).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rest = definition.Fields.Where(f => !named.Contains(f.Name)).Select(f => f.Name).ToList();
        for (var i = 0; i < definition.Sections.Count; i++) screens.Sections.Add(new(TenantTexts.SectionKey(definition.Name, i), i == 0 ? [.. definition.Sections[i].Fields, .. rest] : definition.Sections[i].Fields));
        if (definition.Sections.Count == 0) screens.Sections.Add(new("General", rest));
        screens.Sections.Add(new("Belongs to", Place));
        return screens;
    }

    /// <summary>Of a module's type with the fields that the tenant has added to it.</summary>
    public static RecordScreens With(RecordScreens screens, TypeDefinition definition)
    {
        var all = new RecordScreens { DefaultSort = screens.DefaultSort };
        all.ColumnNames.AddRange(screens.ColumnNames.Concat(definition.Columns).Distinct());
        all.Sections.AddRange(screens.Sections);
        var named = definition.Sections.SelectMany(s => s.Fields).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < definition.Sections.Count; i++) all.Sections.Add(new(TenantTexts.SectionKey(definition.Name, i), definition.Sections[i].Fields));
        if (definition.Fields.Where(f => !named.Contains(f.Name)).Select(f => f.Name).ToList() is { Count: > 0 } rest) all.Sections.Add(new("Further fields", rest));
        return all;
    }
}
