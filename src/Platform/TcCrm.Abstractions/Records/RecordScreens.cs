using System.Linq.Expressions;

namespace TcCrm;

public sealed record FormSection(string Title, IReadOnlyList<string> Fields);

/// <summary>How a record type is presented: typed by the class below, or built from a tenant's definition.</summary>
public class RecordScreens
{
    public List<string> ColumnNames { get; } = [];
    public List<FormSection> Sections { get; } = [];
    /// <summary>Field and direction of the list when the user has chosen none; null is newest first.</summary>
    public string? DefaultSort { get; init; }
}

public abstract class RecordScreens<T> : RecordScreens where T : Record
{
    protected void Columns(params Expression<Func<T, object?>>[] fields) => ColumnNames.AddRange(fields.Select(NameOf));

    protected void Section(string title, params Expression<Func<T, object?>>[] fields) =>
        Sections.Add(new(title, [.. fields.Select(NameOf)]));

    static string NameOf(Expression<Func<T, object?>> field) =>
        ((field.Body as UnaryExpression)?.Operand ?? field.Body) is MemberExpression member
            ? member.Member.Name
            : throw new ArgumentException($"'{field}' is not a field of {typeof(T).Name}.");
}
