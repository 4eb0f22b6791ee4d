using System.Globalization;
using System.Text.RegularExpressions;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Editing;

namespace TcCrm.Platform.Pages.Types;

public sealed class OptionSettings
{
    public string? Value { get; set; }
    public string? Chinese { get; set; }
    public string? English { get; set; }
    public string? Tone { get; set; }
}

/// <summary>The settings of the open field as they are typed; which of them are shown depends on its kind.</summary>
public sealed partial class FieldSettings
{
    public string? Chinese { get; set; }
    public string? English { get; set; }
    public string? Name { get; set; }
    public string? HintChinese { get; set; }
    public string? HintEnglish { get; set; }
    public bool IsTitle { get; set; }
    public bool IsRequired { get; set; }
    public bool IsUnique { get; set; }
    public bool IsSearched { get; set; }
    public bool IsColumn { get; set; }
    public string? MaxLength { get; set; }
    public string? Pattern { get; set; }
    public string? Min { get; set; }
    public string? Max { get; set; }
    public string? Scale { get; set; }
    public string? Default { get; set; }
    public string? Formula { get; set; }
    public string? LookupType { get; set; }
    public List<OptionSettings> Options { get; set; } = [];

    public static FieldSettings Of(FieldDefinition field, bool isColumn) => new()
    {
        Chinese = field.Labels.Chinese,
        English = field.Labels.English,
        Name = field.Name,
        HintChinese = field.Hints.Chinese,
        HintEnglish = field.Hints.English,
        IsTitle = field.IsTitle,
        IsRequired = field.IsRequired,
        IsUnique = field.IsUnique,
        IsSearched = field.IsSearched,
        IsColumn = isColumn,
        MaxLength = field.MaxLength?.ToString(CultureInfo.InvariantCulture),
        Pattern = field.Pattern,
        Min = field.Min?.ToString(CultureInfo.InvariantCulture),
        Max = field.Max?.ToString(CultureInfo.InvariantCulture),
        Scale = field.Scale.ToString(CultureInfo.InvariantCulture),
        Default = field.Default,
        Formula = field.Formula,
        LookupType = field.LookupType,
        Options = [.. field.Options.Select(o => new OptionSettings { Value = o.Value, Chinese = o.Labels.Chinese, English = o.Labels.English, Tone = o.Tone })],
    };

    /// <summary>Puts the settings into the draft; what cannot be read is named by its setting.</summary>
    public TypeDraft Into(TypeDraft draft, int index, List<RecordProblem> problems)
    {
        var before = draft.Fields[index];
        var field = before with
        {
            Name = before.Slot > 0 ? before.Name : NameIn(draft, index, before),
            Labels = Wordings.Of(Chinese, English),
            Hints = Wordings.Of(HintChinese, HintEnglish),
            IsTitle = IsTitle,
            IsRequired = IsRequired,
            IsUnique = IsUnique,
            IsSearched = IsSearched,
            MaxLength = (int?)NumberOf(nameof(MaxLength), MaxLength, isWhole: true, problems),
            Pattern = string.IsNullOrWhiteSpace(Pattern) ? null : Pattern.Trim(),
            Min = NumberOf(nameof(Min), Min, isWhole: false, problems),
            Max = NumberOf(nameof(Max), Max, isWhole: false, problems),
            Scale = (int)(NumberOf(nameof(Scale), Scale, isWhole: true, problems) ?? 0),
            Default = string.IsNullOrWhiteSpace(Default) ? null : Default.Trim(),
            Formula = string.IsNullOrWhiteSpace(Formula) ? null : Formula.Trim(),
            LookupType = string.IsNullOrEmpty(LookupType) ? null : LookupType,
            Options = [.. Options.Select(o => new OptionDefinition(o.Value ?? "", Wordings.Of(o.Chinese, o.English), string.IsNullOrEmpty(o.Tone) ? null : o.Tone))],
        };
        var written = draft.With(index, field);
        var columns = written.Type.Columns.Where(c => c != field.Name || IsColumn).ToList();
        if (IsColumn && !columns.Contains(field.Name)) columns.Add(field.Name);
        return written with { Type = written.Type with { Columns = columns } };
    }

    /// <summary>The name follows the English label until somebody types another.</summary>
    string NameIn(TypeDraft draft, int index, FieldDefinition before)
    {
        var typed = Name?.Trim() ?? "";
        var isOwn = typed.Length > 0 && !Proposed().IsMatch(typed) && (typed != before.Name || typed != DraftSteps.NameFor(draft, before.Labels.English, index));
        return isOwn ? typed : DraftSteps.NameFor(draft, English, index);
    }

    static decimal? NumberOf(string setting, string? typed, bool isWhole, List<RecordProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (decimal.TryParse(typed.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && (!isWhole || (number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue))) return number;
        problems.Add(new(setting, isWhole ? "Type a whole number." : "Type a number."));
        return null;
    }

    [GeneratedRegex("^Field[0-9]+$")]
    private static partial Regex Proposed();
}

/// <summary>What is said about the type itself.</summary>
public sealed class TypeSettings
{
    public string? Chinese { get; set; }
    public string? English { get; set; }
    public string? EnglishPlural { get; set; }
    public string? Icon { get; set; }
    public string? Sort { get; set; }

    public static TypeSettings Of(TypeDefinition type) => new() { Chinese = type.Labels.Chinese, English = type.Labels.English, EnglishPlural = type.Plurals.English, Icon = type.Icon, Sort = type.Sort };

    public TypeDraft Into(TypeDraft draft) => draft with
    {
        Type = draft.Type with
        {
            Labels = Wordings.Of(Chinese, English),
            Plurals = string.IsNullOrWhiteSpace(EnglishPlural) ? Wordings.None : Wordings.Of(Chinese, EnglishPlural),
            Icon = TypeIcons.All.Contains(Icon ?? "") ? Icon! : draft.Type.Icon,
            Sort = string.IsNullOrEmpty(Sort) ? null : Sort,
        },
    };
}
