using TcCrm.Platform.Definitions.Formulas;

namespace TcCrm.Tests.Definitions;

public sealed class FormulaTests
{
    static readonly Dictionary<string, (FormulaKind Kind, object? Value)> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Price"] = (FormulaKind.Number, 19.99m),
        ["Pieces"] = (FormulaKind.Number, 3m),
        ["Nothing"] = (FormulaKind.Number, null),
        ["单价"] = (FormulaKind.Number, 0.1m),
        ["Name"] = (FormulaKind.Words, "Mill"),
        ["Stage"] = (FormulaKind.Words, "won"),
        ["Hot"] = (FormulaKind.YesNo, true),
        ["Due"] = (FormulaKind.Date, new DateOnly(2026, 3, 31)),
        ["Begun"] = (FormulaKind.Date, new DateOnly(2026, 1, 31)),
    };

    [Theory]
    [InlineData("Price * Pieces", "59.97")]
    [InlineData("单价 + 单价 + 单价 = 0.3", "true")]
    [InlineData("1 + 2 * 3 - -4", "11")]
    [InlineData("（1 + 2） * 3", "9")]
    [InlineData("10 / 4 / 5", "0.5")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(Price / Pieces, 2)", "6.66")]
    [InlineData("max(1, Pieces, 2)", "3")]
    [InlineData("if(Price > 10 and not (Stage = 'lost'), \"large\", \"small\")", "large")]
    [InlineData("IF(Hot，'yes'，'no')", "yes")]
    [InlineData("Name & ' ' & Pieces & ' ' & Due", "Mill 3 2026-03-31")]
    [InlineData("Due - Begun", "59")]
    [InlineData("Due + 1", "2026-04-01")]
    [InlineData("year(Due) * 100 + month(Due)", "202603")]
    [InlineData("left(Name, 2) & right(Name, 99)", "MiMill")]
    [InlineData("Price + Nothing", "")]
    [InlineData("ifempty(Nothing, 0) + 1", "1")]
    [InlineData("isempty(Nothing) or false", "true")]
    [InlineData("Nothing < 5", "false")]
    [InlineData("Price / (Pieces - 3)", "")]
    [InlineData("Due + 99999999999", "")]
    [InlineData("79228162514264337593543950335 * 10", "")]
    public void Comes_to(string formula, string expected) => Assert.Equal(expected, Formula.TextOf(Read(formula).ValueOf(name => Fields[name].Value)));

    [Theory]
    [InlineData("Price *", "The formula ends too early.")]
    [InlineData("Price ** 2", "The formula cannot be read from here on: {0}")]
    [InlineData("Price ; 2", "The formula cannot be read from here on: {0}")]
    [InlineData("Cost * 2", "There is no field '{0}' that a formula can use.")]
    [InlineData("median(Price, 2)", "There is no function '{0}'. There are: {1}")]
    [InlineData("Name * 2", "'{0}' does not go with what it is given here.")]
    [InlineData("if(Price, 1, 2)", "'{0}' does not go with what it is given here.")]
    [InlineData("true true", "The formula cannot be read from here on: {0}")]
    public void Says_what_it_cannot_be(string formula, string key) => Assert.Equal(key, Assert.Throws<FormulaException>(() => Read(formula)).Key);

    [Fact]
    public void Too_long_or_too_deep_is_refused_and_not_tried()
    {
        Assert.Throws<FormulaException>(() => Read(new string('1', 501)));
        Assert.Equal("A formula has {0} brackets within each other at most.", Assert.Throws<FormulaException>(() => Read(new string('(', 200) + "1" + new string(')', 200))).Key);
    }

    [Fact]
    public void Labels_become_names_where_a_field_is_meant() =>
        Assert.Equal("round(Price * Pieces) & '单价'", Formula.Renamed("round(单价 * Pieces) & '单价'", name => name == "单价" ? "Price" : name));

    static Formula Read(string formula) => Formula.Read(formula, name => Fields.TryGetValue(name, out var field) ? field.Kind : null);
}
