using System.Globalization;

namespace TcCrm.Platform.Definitions.Editing;

/// <summary>Where somebody is in editing: the draft, and what of it is open.</summary>
/// <param name="Open"><c>f3</c> is the fourth field, <c>s0</c> the first section, <c>t</c> the type itself.</param>
public sealed record Editing(TypeDraft Draft, string Open)
{
    /// <summary>Where the keyboard goes next: <c>row3</c>, <c>section1</c>, <c>panel</c>, or nowhere.</summary>
    public string Focus { get; init; } = "";
    /// <summary>What is said aloud about the step.</summary>
    public RecordProblem? Said { get; init; }

    public int? Field => NumberOf('f', Draft.Fields.Count);
    public int? Section => NumberOf('s', Draft.Sections.Count);

    int? NumberOf(char letter, int count) => Open.Length > 1 && Open[0] == letter && int.TryParse(Open[1..], CultureInfo.InvariantCulture, out var number) && number >= 0 && number < count ? number : null;
}

/// <summary>One step of editing by its name: <c>add:money</c>, <c>up:3</c>, <c>to:3:1:0</c>. A step that makes no sense leaves everything as it is.</summary>
public static class DraftSteps
{
    public static Editing Apply(Editing at, string step)
    {
        var parts = step.Split(':');
        var numbers = parts.Skip(1).Select(p => int.TryParse(p, CultureInfo.InvariantCulture, out var n) ? n : -1).ToList();
        return (parts[0], numbers) switch
        {
            ("add", _) when parts.Length == 2 && MadeFields.Kinds.Contains(parts[1]) => Add(at, new() { Name = NameFor(at.Draft, null), Kind = parts[1], Options = parts[1] is "choice" or "multi-choice" ? [new("", Wordings.None), new("", Wordings.None)] : [] }),
            ("kind", [var field, _]) when parts.Length == 3 && IsField(at, field) && MadeFields.Kinds.Contains(parts[2]) => Retold(at, field, parts[2]),
            ("back", [var slot]) when at.Draft.Type.Removed.FirstOrDefault(r => r.Field.Slot == slot && at.Draft.Fields.All(f => f.Slot != slot)) is { Field: var gone } => Add(at, gone with { Name = at.Draft.Fields.Any(f => f.Name.Equals(gone.Name, StringComparison.OrdinalIgnoreCase)) ? NameFor(at.Draft, gone.Name) : gone.Name, IsTitle = false }),
            ("copy", [var field]) when IsField(at, field) => Copied(at, field),
            ("open", _) when parts.Length == 2 => at with { Open = parts[1], Focus = "panel" },
            ("up" or "down", [var field]) when IsField(at, field) => Step(at, field, parts[0] == "up"),
            ("to", [var field, var section, var place]) when IsField(at, field) && section >= 0 && section < at.Draft.Sections.Count && place >= 0 => Moved(at, field, section, place),
            ("drop", [var field]) when IsField(at, field) => Dropped(at, field),
            ("section", _) => at with { Draft = at.Draft with { Sections = [.. at.Draft.Sections, new(Wordings.None, [])] }, Open = "s" + at.Draft.Sections.Count.ToString(CultureInfo.InvariantCulture), Focus = "panel", Said = Say("Section added") },
            ("section-up" or "section-down", [var section]) when IsSection(at, section) => Swapped(at, section, section + (parts[0] == "section-up" ? -1 : 1)),
            ("section-drop", [var section]) when IsSection(at, section) && at.Draft.Sections.Count > 1 => WithoutSection(at, section),
            ("option" or "option-drop" or "option-up" or "option-down", _) when at.Field is { } field => at with { Draft = at.Draft.With(field, OptionSteps.Apply(at.Draft.Fields[field], parts[0], numbers.FirstOrDefault(-1))), Focus = OptionSteps.FocusAfter(at.Draft.Fields[field], parts[0], numbers.FirstOrDefault(-1)) },
            _ => at,
        };
    }

    /// <summary>A name for programs that is free in the draft.</summary>
    public static string NameFor(TypeDraft draft, string? english, int but = -1) =>
        TypeNames.FieldFor(english, name => draft.Fields.Where((_, at) => at != but).Any(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    static Editing Add(Editing at, FieldDefinition field)
    {
        var (section, place) = at.Field is { } open ? at.Draft.Locate(open) : (at.Section ?? at.Draft.Sections.Count - 1, int.MaxValue - 1);
        var draft = at.Draft.Insert(section, place + 1, field);
        var index = draft.IndexOf(section, Math.Min(place + 1, draft.Sections[section].Fields.Count - 1));
        draft = draft with { Type = draft.Type with { Columns = [.. draft.Type.Columns, field.Name] } };
        return at with { Draft = draft, Open = Named('f', index), Focus = "panel", Said = Say("Field added. Give it a name.") };
    }

    /// <summary>Of another kind; settings that make no sense for it go.</summary>
    static Editing Retold(Editing at, int index, string kind)
    {
        var field = at.Draft.Fields[index];
        var isText = kind is "text" or "phone" or "email";
        var told = field with
        {
            Kind = kind,
            Options = kind is not ("choice" or "multi-choice") ? [] : field.Options,
            LookupType = null,
            Pattern = null,
            MaxLength = isText || kind == "long-text" ? field.MaxLength : null,
            Min = kind == "number" ? field.Min : null,
            Max = kind == "number" ? field.Max : null,
            Scale = kind == "number" ? field.Scale : 0,
            Default = null,
            Formula = null,
            IsTitle = field.IsTitle && isText,
            IsSearched = field.IsSearched && (isText || kind == "long-text"),
            IsUnique = field.IsUnique && (isText || kind is "number" or "date"),
        };
        return at with { Draft = at.Draft.With(index, told), Open = Named('f', index), Focus = "panel", Said = Say("Kind changed. Records follow when you save.") };
    }

    static Editing Copied(Editing at, int index)
    {
        var field = at.Draft.Fields[index];
        var name = NameFor(at.Draft, field.Name);
        return Add(at with { Open = Named('f', index) }, field with { Name = name, Slot = 0, Extra = null, IsTitle = false, NumberPattern = null });
    }

    static Editing Step(Editing at, int index, bool up)
    {
        var (section, place) = at.Draft.Locate(index);
        return (up, place) switch
        {
            (true, > 0) => Moved(at, index, section, place - 1),
            (true, _) when section > 0 => Moved(at, index, section - 1, at.Draft.Sections[section - 1].Fields.Count),
            (false, _) when place < at.Draft.Sections[section].Fields.Count - 1 => Moved(at, index, section, place + 2),
            (false, _) when section < at.Draft.Sections.Count - 1 => Moved(at, index, section + 1, 0),
            _ => at with { Focus = Named("row", index), Said = Say(up ? "This is the first field already." : "This is the last field already.") },
        };
    }

    static Editing Moved(Editing at, int index, int section, int place)
    {
        var field = at.Draft.Fields[index];
        var draft = at.Draft.Move(index, section, place);
        var now = draft.Fields.ToList().FindIndex(f => ReferenceEquals(f, field));
        var label = draft.Sections[section].Labels.Shown ?? MadeScreens.Unnamed(draft.Type.IsMade).Shown;
        return at with { Draft = draft, Open = Named('f', now), Focus = Named("row", now), Said = Say("{0}: place {1} of {2} in {3}", field.Labels.Shown ?? field.Name, draft.Locate(now).Place + 1, draft.Sections[section].Fields.Count, label) };
    }

    static Editing Dropped(Editing at, int index)
    {
        var field = at.Draft.Fields[index];
        var draft = at.Draft.Without(index);
        var next = draft.Fields.Count == 0 ? "t" : Named('f', Math.Min(index, draft.Fields.Count - 1));
        return at with { Draft = draft, Open = next, Focus = draft.Fields.Count == 0 ? "panel" : Named("row", Math.Min(index, draft.Fields.Count - 1)), Said = Say("{0} taken out", field.Labels.Shown ?? field.Name) };
    }

    static Editing Swapped(Editing at, int section, int other)
    {
        if (!IsSection(at, other)) return at;
        var sections = at.Draft.Sections.ToList();
        (sections[section], sections[other]) = (sections[other], sections[section]);
        return at with { Draft = at.Draft with { Sections = sections }, Open = Named('s', other), Focus = Named("section", other), Said = Say("Section moved to place {0} of {1}", other + 1, sections.Count) };
    }

    /// <summary>Its fields go to the section before it, those of the first to the one behind.</summary>
    static Editing WithoutSection(Editing at, int section)
    {
        var sections = at.Draft.Sections.ToList();
        var (gone, heir) = (sections[section], section == 0 ? 1 : section - 1);
        sections[heir] = sections[heir] with { Fields = section == 0 ? [.. gone.Fields, .. sections[heir].Fields] : [.. sections[heir].Fields, .. gone.Fields] };
        sections.RemoveAt(section);
        return at with { Draft = at.Draft with { Sections = sections }, Open = Named('s', Math.Max(0, section - 1)), Focus = Named("section", Math.Max(0, section - 1)), Said = Say("Section taken out, its fields are in the next one") };
    }

    static bool IsField(Editing at, int index) => index >= 0 && index < at.Draft.Fields.Count;
    static bool IsSection(Editing at, int index) => index >= 0 && index < at.Draft.Sections.Count;
    static string Named(char letter, int number) => string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
    static string Named(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}{number}");
    static RecordProblem Say(string key, params object?[] args) => new("", key, args);
}
