namespace TcCrm.Tests.Architecture;

/// <summary>Pages take every word from <see cref="IText"/>: a word in the markup would be English on a Chinese screen.</summary>
public sealed class PageWordsTests
{
    [Fact]
    public void No_page_has_words_of_its_own() => Violations.AssertNone(
        from page in SourceTree.Under("src/", ".cshtml")
        from words in PageWords.Of(page.Text)
        select $"{page.Path} \"{words}\"");

    [Theory]
    [InlineData("<h1>Customers</h1>")]
    [InlineData("<input placeholder=\"Search customers\">")]
    [InlineData("<p>@Model.Count rows</p>")]
    [InlineData("@if (Model.Empty)\n{\n  <p>Nothing here</p>\n}")]
    [InlineData("<b>@(Model.On ? T[\"Yes\"] : \"\") Really</b>")]
    public void Sees_words_in_the_markup(string page) => Assert.Single(PageWords.Of(page));

    [Theory]
    [InlineData("@page \"/customers\"\n@model Customers.IndexModel\n<h1 class=\"big head\">@T[\"Customers\"]</h1>")]
    [InlineData("@{ ViewData[\"Title\"] = T[\"Customers\"]; var rows = Model.Rows.Where(r => r.On); }\n<p>@rows.Count()</p>")]
    [InlineData("@foreach (var row in Model.Rows)\n{\n  var label = row.Label;\n  <td title=\"@row.Title\">@row.Name.Trim(' ')</td>\n}\nelse\n{\n  <br>\n}")]
    [InlineData("<tc-field label=\"@T[\"Name of the \\\"firm\\\"\"]\" for=\"@(m => m.Name)\"></tc-field><kbd>Ctrl</kbd>&nbsp;·")]
    [InlineData("<partial name=\"_Link\" model='(Model.Next, T[\"Next page\"])' />@* a remark *@")]
    [InlineData("@switch (Model)\n{\n  case State.Done: <b>@T[\"done\"]</b> break;\n  default: <b></b> break;\n}")]
    [InlineData("@await Html.PartialAsync(\"_Row\", Model.First!.Row)")]
    public void Lets_computed_text_pass(string page) => Assert.Empty(PageWords.Of(page));
}
