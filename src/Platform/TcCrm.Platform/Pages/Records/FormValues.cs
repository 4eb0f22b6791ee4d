using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What somebody typed into a form. Kept as typed, so that a refused form loses nothing.</summary>
public sealed class FormValues
{
    readonly Dictionary<string, (string Text, string Shown, IReadOnlyList<FieldOption> Matches)> _typed = new(StringComparer.Ordinal);

    FormValues() { }

    /// <summary>Neutral text by field name, for the pipeline. Words that could not be understood are in it too, and refused there with all other problems.</summary>
    public IReadOnlyDictionary<string, string?> Values => _typed.ToDictionary(t => t.Key, t => (string?)t.Value.Text);

    /// <summary>The values without those for which the other person's shall stand.</summary>
    public IReadOnlyDictionary<string, string?> ValuesBut(IEnumerable<string> fields) => Values.Where(v => !fields.Contains(v.Key)).ToDictionary();

    public bool IsAmbiguous(string field) => _typed.TryGetValue(field, out var typed) && typed.Matches.Count > 1;

    public FieldInput InputOf(Field field) => _typed.TryGetValue(field.Name, out var typed)
        ? new(field, typed.Text, typed.Shown, null) { Matches = typed.Matches }
        : new(field, "", "", null);

    public static async Task<FormValues> ReadAsync(RecordType type, IFormCollection form, FieldOptions options, CancellationToken cancel)
    {
        var values = new FormValues();
        foreach (var field in RecordForm.FieldsOf(type).Where(f => IsPosted(f, form)))
        {
            var name = FieldInput.Prefix + field.Name;
            values._typed[field.Name] = form.ContainsKey(name + ".text")
                ? await PointedAsync(field, form[name].ToString(), form[name + ".text"].ToString().Trim(), options, cancel)
                : (TextOf(field, form, name), "", []);
        }
        return values;
    }

    static bool IsPosted(Field field, IFormCollection form) => form.ContainsKey(FieldInput.Prefix + field.Name) || form.ContainsKey($"{FieldInput.Prefix}{field.Name}.text");

    static string TextOf(Field field, IFormCollection form, string name) => field.Kind.Name switch
    {
        "yes-no" => form[name].Contains("true") ? "true" : "false",
        _ when field.Kind.IsMultiple => string.Join(',', form[name].Where(v => !string.IsNullOrEmpty(v))),
        "money" when form[name + ".currency"] is [{ Length: > 0 } currency] && !string.IsNullOrWhiteSpace(form[name]) => $"{form[name].ToString().Trim()} {currency.Trim()}",
        _ => form[name].ToString(),
    };

    /// <summary>The hidden id counts while the words beside it are its own; without script somebody may have typed others.</summary>
    static async Task<(string Text, string Shown, IReadOnlyList<FieldOption> Matches)> PointedAsync(Field field, string id, string words, FieldOptions options, CancellationToken cancel)
    {
        if (words.Length == 0) return ("", "", []);
        if (id.Length > 0 && await options.NameAsync(field, id, cancel) is { } name && name.Equals(words, StringComparison.Ordinal)) return (id, words, []);
        var found = await options.FindAsync(field, words, cancel);
        return FieldOptions.Meant(found, words) is { } meant ? (meant.Value, meant.Label, []) : (words, words, found);
    }
}
