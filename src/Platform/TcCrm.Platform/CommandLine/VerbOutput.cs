using System.Text.Encodings.Web;
using System.Text.Json;
using TcCrm.Platform.Recipes;

namespace TcCrm.Platform.CommandLine;

/// <summary>What a verb says: results on standard output, everything else on standard error.</summary>
public sealed class VerbOutput(TextWriter output, TextWriter error, bool json, IText text)
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public bool HasFailed { get; private set; }
    public TextWriter Out => output;

    /// <summary>The result: as JSON if that is asked for, else as text.</summary>
    public void Result(object result, string plain) => output.WriteLine(json ? JsonSerializer.Serialize(result, Readable) : plain);

    /// <summary>A result that is bad news: the exit code says so.</summary>
    public void BadResult(object result, string plain)
    {
        HasFailed = true;
        Result(result, plain);
    }

    /// <summary>A line for who waits.</summary>
    public void Note(string line) => error.WriteLine(line);

    public void Step(Tenants.SetupStep step) => Note(text[step.Key, step.Args]);

    public void Refuse(IEnumerable<RecordProblem> problems)
    {
        HasFailed = true;
        var all = problems.Select(p => new { p.Field, Message = p.Message(text) }).ToList();
        if (json) output.WriteLine(JsonSerializer.Serialize(new { Problems = all }, Readable));
        foreach (var problem in all) error.WriteLine(problem.Field.Length == 0 ? problem.Message : $"{problem.Field}: {problem.Message}");
    }

    public void Report(RecipeReport report)
    {
        HasFailed = HasFailed || !report.Succeeded;
        var all = report.Problems.Select(p => new { p.Recipe, p.Path, p.Line, Severity = p.IsWarning ? "warning" : "error", Message = p.Message(text) }).ToList();
        if (json) output.WriteLine(JsonSerializer.Serialize(new { report.Succeeded, Problems = all }, Readable));
        else foreach (var problem in all) output.WriteLine($"{problem.Recipe}:{problem.Line}: {problem.Severity}: {problem.Path}: {problem.Message}");
    }

    public void Fail(string message)
    {
        HasFailed = true;
        if (json) output.WriteLine(JsonSerializer.Serialize(new { Error = message }, Readable));
        error.WriteLine(message);
    }
}
