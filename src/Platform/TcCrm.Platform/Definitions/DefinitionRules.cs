using System.Text.RegularExpressions;
using TcCrm.Platform.Definitions.Formulas;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions;

/// <summary>What a definition must be like; all problems at once, each named by its field, or empty for the type.</summary>
sealed partial class DefinitionRules(TypeDefinition wish, TenantTypes types, IEnumerable<RecordType> code, IReadOnlyList<FieldKind> kinds)
{
    const int MostFields = 200;
    readonly List<RecordProblem> _problems = [];

    public IReadOnlyList<RecordProblem> Problems()
    {
        CheckType();
        foreach (var field in wish.Fields) new FieldDefinitionRules(field, name => name == wish.Name || types.ByName.ContainsKey(name), _problems).Check();
        CheckNames();
        if (_problems.Count == 0) CheckFormulas();
        foreach (var field in wish.Fields.Where(f => f.Default is { Length: > 0 } && _problems.TrueForAll(p => p.Field != f.Name))) CheckDefault(field);
        return _problems;
    }

    void CheckType()
    {
        if (wish.IsMade ? !TypeName().IsMatch(wish.Name) : code.All(t => t.Name != wish.Name)) Add("", "The name of a type has small Latin letters, digits and hyphens, and begins with a letter.");
        if (wish is { IsMade: true } && wish.Labels.In(true) is null) Add("", "Type a name for the type.");
        if (wish is { IsMade: true, Fields.Count: 0 }) Add("", "A type needs at least one field.");
        if (wish.Fields.Count > MostFields) Add("", "A type has {0} fields at most.", MostFields);
        if (wish.Fields.Where(f => f.IsTitle).Skip(1).FirstOrDefault() is { } second) Add(second.Name, "One field alone names the records.");
        if (wish.Fields.Where(f => f.NumberPattern is not null).Skip(wish.IsMade ? 1 : 0).FirstOrDefault() is { } number) Add(number.Name, "Records have one number at most; those of modules have their own.");
        if (wish.Sort is { } sort && wish.Find(sort.TrimStart('-')) is null) Add("", "There is no field '{0}' to sort by.", sort.TrimStart('-'));
    }

    void CheckNames()
    {
        var taken = typeof(Record).GetProperties().Concat(typeof(Storage.MadeRecord).GetProperties()).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (code.FirstOrDefault(t => t.Name == wish.Name) is { } module) taken.UnionWith(module.Fields.Select(f => f.Name));
        foreach (var field in wish.Fields)
        {
            if (!FieldName().IsMatch(field.Name)) Add(field.Name, "The name of a field has Latin letters and digits and begins with a letter; 60 at most.");
            else if (!taken.Add(field.Name)) Add(field.Name, "There is a field '{0}' already.", field.Name);
        }
    }

    void CheckFormulas()
    {
        var module = wish.IsMade ? null : code.First(t => t.Name == wish.Name);
        var made = wish.Fields.Select(f => MadeFields.Of<Storage.MadeRecord>(f, wish.Name, "", kinds.First(k => k.Name == f.Kind), new HashSet<string>()));
        _ = new TypeFormulas([.. module?.Fields ?? [], .. made], (field, wrong) => Add(field.Name, wrong.Key, [.. wrong.Args]));
    }

    void CheckDefault(FieldDefinition field)
    {
        var kind = kinds.First(k => k.Name == field.Kind);
        var made = MadeFields.Of<Storage.MadeRecord>(field, wish.Name, "", kind, new HashSet<string>());
        if (!kind.TryParse(field.Default!, made, FieldContext.Neutral, out _)) Add(field.Name, "A new record cannot begin with '{0}'.", field.Default);
    }

    void Add(string field, string key, params object?[] args) => _problems.Add(new(field, key, args));

    [GeneratedRegex(@"^content\.[a-z][a-z0-9-]{0,49}$")]
    private static partial Regex TypeName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{0,59}$")]
    private static partial Regex FieldName();
}
