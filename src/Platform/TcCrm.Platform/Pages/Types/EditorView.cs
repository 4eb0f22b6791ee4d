using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Editing;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Types;

/// <summary>What another person has made of the type meanwhile.</summary>
public sealed record OtherChange(string Who, string At, IReadOnlyList<(string Field, string Key)> Differences);

/// <summary>The editor as it goes to the browser.</summary>
/// <param name="Type">The type as it is in use now.</param>
/// <param name="Version">The one that the draft was begun on; empty when nothing is stored yet.</param>
/// <param name="Back">The draft before the last step.</param>
public sealed record EditorView(RecordType Type, Editing Editing, string Version, bool IsDirty, string? Back)
{
    public FieldSettings Settings { get; init; } = new();
    public TypeSettings TypeSettings { get; init; } = new();
    public IReadOnlyList<FormProblem> Problems { get; init; } = [];
    /// <summary>By field of the draft.</summary>
    public IReadOnlySet<int> Wrong { get; init; } = new HashSet<int>();
    public OtherChange? Other { get; init; }
    /// <summary>What has to be agreed to before it is saved.</summary>
    public IReadOnlyList<Consequence> Concerned { get; init; } = [];
    /// <summary>By place in <see cref="Concerned"/>: what was decided, and why that cannot be.</summary>
    public IReadOnlyDictionary<int, string?> Answers { get; init; } = new Dictionary<int, string?>();
    public IReadOnlyDictionary<int, string> Unanswerable { get; init; } = new Dictionary<int, string>();
    /// <summary>Of the job that makes records follow the last change.</summary>
    public JobProgress? Progress { get; init; }
    /// <summary>Names that a formula can use, with what people call them.</summary>
    public IReadOnlyList<(string Name, string Label)> FormulaNames { get; init; } = [];
    public required PreviewForm Preview { get; init; }
    /// <summary>That a lookup may point to.</summary>
    public IReadOnlyList<RecordType> Types { get; init; } = [];

    public TypeDraft Draft => Editing.Draft;
    public IReadOnlyList<DraftSection> Sections => Draft.Sections;
    /// <summary>That can be brought back.</summary>
    public IEnumerable<RemovedField> Removed => Draft.Type.Removed.Where(r => Draft.Fields.All(f => f.Slot != r.Field.Slot));
    /// <summary>Records do not follow the last change, and no job is at it.</summary>
    public bool IsPending { get; init; }
    /// <summary>What came of the last change, while no other is made.</summary>
    public FollowedChange? Followed { get; init; }
    public bool IsMade => Draft.Type.IsMade;
    public FieldDefinition? Open => Editing.Field is { } index ? Draft.Fields[index] : null;
    /// <summary>The module's own, by section of the form.</summary>
    public IEnumerable<(string Title, IReadOnlyList<Field> Fields)> OfModule => IsMade ? [] : Type.Screens.Sections
        .Select(s => (s.Title, (IReadOnlyList<Field>)[.. s.Fields.Select(Type.Find).OfType<Field>().Where(f => f.Slot is null)])).Where(s => s.Item2.Count > 0);
    public int Count => Draft.Fields.Count + (IsMade ? 0 : Type.Fields.Count(f => f.Slot is null));
    public string TitleOf(int section, IText text) => Sections[section].Labels.Shown ?? text[IsMade ? "General" : "Further fields"];
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
    public string DayOf(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, Zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    /// <summary>The list of the records that hold this.</summary>
    public string ListWith(FieldDefinition field, string value) => $"{RecordLinks.List(Type)}?filter={Uri.EscapeDataString($"{field.Name}:eq:{value}")}";
    /// <summary>Null for a field that is not in use yet.</summary>
    public bool? IsIndexed(FieldDefinition field) => field.Slot > 0 && Type.Find(field.Name) is { Kind.CanSort: true } known ? known.IsIndexed : null;
}
