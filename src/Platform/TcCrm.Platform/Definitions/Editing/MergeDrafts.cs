namespace TcCrm.Platform.Definitions.Editing;

/// <summary>Two people changed a type: what I changed stands, all else is as the other has left it.</summary>
public static class MergeDrafts
{
    public static TypeDefinition Of(TypeDefinition begun, TypeDefinition mine, TypeDefinition theirs)
    {
        var fields = theirs.Fields.Where(t => mine.Find(t.Name) is not null || begun.Find(t.Name) is null).Select(t => mine.Find(t.Name) is { } own && !Same(own, begun.Find(t.Name)) ? own with { Slot = t.Slot } : t).ToList();
        fields.AddRange(mine.Fields.Where(m => theirs.Find(m.Name) is null && begun.Find(m.Name) is null));
        var layout = Layout(mine) == Layout(begun) ? theirs : mine;
        return theirs with
        {
            Fields = fields,
            Icon = mine.Icon == begun.Icon ? theirs.Icon : mine.Icon,
            Labels = mine.Labels == begun.Labels ? theirs.Labels : mine.Labels,
            Plurals = mine.Plurals == begun.Plurals ? theirs.Plurals : mine.Plurals,
            Sort = mine.Sort == begun.Sort ? theirs.Sort : mine.Sort,
            Sections = [.. layout.Sections.Select(s => s with { Fields = [.. s.Fields.Where(name => fields.Exists(f => f.Name == name))] })],
            Columns = mine.Columns.SequenceEqual(begun.Columns) ? theirs.Columns : [.. mine.Columns.Where(name => fields.Exists(f => f.Name == name))],
        };
    }

    /// <summary>What the one says differently from the other: the label of the field, empty for the type itself, and whether it is new, gone or changed.</summary>
    public static IEnumerable<(string Field, string Key)> Differences(TypeDefinition begun, TypeDefinition now)
    {
        foreach (var field in now.Fields.Where(f => begun.Find(f.Name) is null)) yield return (LabelOf(field), "New");
        foreach (var field in begun.Fields.Where(f => now.Find(f.Name) is null)) yield return (LabelOf(field), "Removed");
        foreach (var field in now.Fields.Where(f => begun.Find(f.Name) is { } before && !Same(f, before))) yield return (LabelOf(field), "Changed");
        if (Layout(begun) != Layout(now)) yield return ("", "Order and sections");
        if ((begun.Icon, begun.Labels, begun.Plurals, begun.Sort) != (now.Icon, now.Labels, now.Plurals, now.Sort) || !begun.Columns.SequenceEqual(now.Columns)) yield return ("", "Name, picture, columns or sort");
    }

    static string LabelOf(FieldDefinition field) => field.Labels.Shown ?? field.Name;
    static bool Same(FieldDefinition a, FieldDefinition? b) => b is not null && new TypeDefinition { Name = "", Fields = [a with { Extra = null }] }.ToJson() == new TypeDefinition { Name = "", Fields = [b with { Extra = null, Slot = a.Slot }] }.ToJson();
    static string Layout(TypeDefinition definition) => new TypeDefinition { Name = "", Sections = definition.Sections, Columns = [.. definition.Fields.Select(f => f.Name)] }.ToJson();
}
