using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Regions;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>An operator as people choose it. <c>filled</c> stands for <c>empty:false</c>; one that says its value itself, such as <c>within:today</c>, asks for none.</summary>
public sealed record FilterOperator(string Name, string Label)
{
    public bool TakesValue => Name is not ("empty" or "filled") && !Name.Contains(':');
}

/// <summary>Filters in words, by kind of field, and back.</summary>
public static class FilterWords
{
    static readonly string[] Ordered = ["number", "money", "date", "moment"];

    public static bool CanFilter(Field field) => field.Kind.Operators.Any(o => Named(o, field).Any());

    public static IReadOnlyList<FilterOperator> OperatorsOf(Field field, IText text) =>
        [.. field.Kind.Operators.SelectMany(o => Named(o, field)).OrderBy(o => o == "starts" ? 0 : 1).Select(o => new FilterOperator(o, text[LabelOf(o, field)])), .. Meant(field).Select(o => new FilterOperator(o, Meant(o, text)))];

    /// <summary>Conditions that mean something else for each reader, or each day.</summary>
    static IEnumerable<string> Meant(Field field) => field switch
    {
        { Kind.Name: "date" or "moment" } => Periods.Offered.Select(p => $"{MeantFilters.Within}:{p}"),
        { Kind.Name: "user" } => [$"eq:{MeantFilters.Me}", $"ne:{MeantFilters.Me}"],
        _ when MeantFilters.Takes(field, MeantFilters.Within) => [$"{MeantFilters.Within}:{MeantFilters.Mine}"],
        _ => [],
    };

    static string Meant(string condition, IText text) => condition switch
    {
        "eq:me" => text["is me"],
        "ne:me" => text["is not me"],
        "within:mine" => text["is my unit or below"],
        _ => text["is in: {0}", Period(condition["within:".Length..], text)],
    };

    static string Period(string name, IText text) => name.Split('-') is [var which, var days, "days"]
        ? text[which == "last" ? "the last {0} days" : "the next {0} days", days] : text[name.Replace('-', ' ')];

    /// <summary>The filter that the person has put together; a region with "within" takes the part of the code that all divisions below share.</summary>
    public static FieldFilter Make(Field field, string @operator, string value) => @operator switch
    {
        _ when @operator.Split(':') is [var name, var meant] => new(field.Name, name, meant),
        "filled" => new(field.Name, "empty", "false"),
        "empty" => new(field.Name, "empty", "true"),
        "starts" when field.Kind.Name == "region" => new(field.Name, "starts", StemOf(Divisions.TryParse(value) ?? value)),
        _ => new(field.Name, @operator, value.Trim()),
    };

    public static string Words(FieldFilter filter, Field field, IText text) => IsMeant(filter) ? Meant($"{filter.Operator}:{filter.Value}", text)
        : text[LabelOf(filter is { Operator: "empty", Value: "false" } ? "filled" : filter.Operator, field)];

    public static string Value(FieldFilter filter, Field field, RecordLabels labels, FieldContext context, IText text) => filter.Operator switch
    {
        "empty" => "",
        _ when IsMeant(filter) => "",
        "in" => string.Join(", ", filter.Value.Split(',').Select(v => Shown(v, field, labels, context, text))),
        "starts" when field.Kind.Name == "region" => Divisions.ShortNameOf(filter.Value.PadRight(6, '0')),
        _ => Shown(filter.Value, field, labels, context, text),
    };

    static bool IsMeant(FieldFilter filter) => filter.Operator == MeantFilters.Within || (filter is { Operator: "eq" or "ne", Value: MeantFilters.Me });

    static string Shown(string value, Field field, RecordLabels labels, FieldContext context, IText text) =>
        !field.Kind.TryParse(value, field, context, out var parsed) || parsed is null ? value
        : parsed is Guid id && RecordLabels.Points(field) ? labels.Of(field, id)?.Text ?? text["No longer there"]
        : field.Kind.Show(parsed, field, context, text);

    /// <summary>Text has an order for the index, but nobody looks for names greater than M.</summary>
    static IEnumerable<string> Named(string @operator, Field field) => @operator switch
    {
        "in" => [],
        "empty" when field.IsRequired => [],
        "empty" => ["empty", "filled"],
        "lt" or "le" or "gt" or "ge" when !Ordered.Contains(field.Kind.Name) => [],
        "starts" when field.Kind.Name is "phone" or "email" or "text" => [@operator],
        "starts" when field.Kind.Name is not "region" => [],
        _ => [@operator],
    };

    static string LabelOf(string @operator, Field field) => (@operator, field.Kind.Name is "date" or "moment") switch
    {
        ("eq", _) => "is",
        ("ne", _) => "is not",
        ("in", _) => "is one of",
        ("has", _) => "includes",
        ("starts", _) => field.Kind.Name == "region" ? "is within" : "starts with",
        ("lt", true) => "is before",
        ("le", true) => "is until",
        ("gt", true) => "is after",
        ("ge", true) => "is from",
        ("lt", false) => "is less than",
        ("le", false) => "is at most",
        ("gt", false) => "is more than",
        ("ge", false) => "is at least",
        ("filled", _) => "is filled in",
        _ => "is empty",
    };

    static string StemOf(string code) => code.EndsWith("0000", StringComparison.Ordinal) ? code[..2] : code.EndsWith("00", StringComparison.Ordinal) ? code[..4] : code;
}
