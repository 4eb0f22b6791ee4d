using Microsoft.AspNetCore.Mvc.ViewFeatures;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

/// <summary>What the six pages of an import have in common: title, crumbs, the steps above.</summary>
static class ImportFrame
{
    static readonly (string Label, string Page)[] All =
        [("Upload", ""), ("Columns", "columns"), ("Duplicates", "match"), ("Preview", "preview"), ("Import", "run"), ("Result", "result")];

    public static void ImportStep(this ViewDataDictionary view, RecordType type, int step, IText text) => view.Frame(
        $"{text[All[step].Label]} · {text["Import {0}", text[type.PluralKey]]}", crumbs: [new(text[type.PluralKey], "~" + type.Path)], sheets: ["import"], fills: true);

    /// <summary>The way back goes as far as the run: what is done is done.</summary>
    public static Steps StepsAt(int step, RecordType type, TcCrm.Platform.ImportExport.Imports.Import? import, IText text) => new(text["Step {0} of {1}", step + 1, All.Length], step,
        [.. All.Select((s, i) => new Step(text[s.Label], step >= 4 || import is null ? null : i == 0 ? $"~{type.Path}/import" : $"~/import/{import.Id}/{s.Page}"))]);
}
