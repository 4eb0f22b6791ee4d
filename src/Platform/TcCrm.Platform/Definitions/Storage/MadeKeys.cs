using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace TcCrm.Platform.Definitions.Storage;

/// <summary>
/// What filters and sort compare of a field that a tenant has made: a slot of the record's JSON, in the very words of its index, or the engine
/// would not use it. Slots are numbers, so that no name of a tenant gets into an expression of EF, of which each other shape is kept.
/// </summary>
static class MadeKeys
{
    /// <summary>A missing slot is null in a document that is not: with propagation EF would test the document instead.</summary>
    static readonly bool[] DoNotPropagate = [false, false];

    public static string Text(string? made, string slot) => throw new InvalidOperationException("Only a database answers this.");
    public static long? Number(string? made, string slot) => throw new InvalidOperationException("Only a database answers this.");
    public static bool Flag(string? made, string slot) => throw new InvalidOperationException("Only a database answers this.");

    public static MethodInfo For(Type key) =>
        typeof(MadeKeys).GetMethod(key == typeof(long?) ? nameof(Number) : key == typeof(bool) ? nameof(Flag) : nameof(Text))!;

    /// <summary>The expression of an index. A slot is never what somebody has typed.</summary>
    public static string Sql(Type key, string slot, bool postgres) => (key, postgres) switch
    {
        (_, false) when key == typeof(long?) => $"json_extract(made, '$.{slot}')",
        (_, false) => $"coalesce(json_extract(made, '$.{slot}'), {(key == typeof(bool) ? "0" : "''")})",
        _ when key == typeof(long?) => $"int8(jsonb_object_field(made, '{slot}'))",
        _ when key == typeof(bool) => $"coalesce(bool(jsonb_object_field(made, '{slot}')), FALSE)",
        _ => $"coalesce(jsonb_object_field_text(made, '{slot}'), '')",
    };

    /// <summary>The rest of an UPDATE that leaves nothing of these slots.</summary>
    public static string Emptied(IReadOnlyList<string> slots, bool postgres)
    {
        var all = slots.SelectMany(s => new[] { s, MadeFields.CurrencyOf(s) });
        return slots.Count == 0 ? "" : postgres ? $", made = made - ARRAY[{string.Join(", ", all.Select(s => $"'{s}'"))}]" : $", made = json_remove(made, {string.Join(", ", all.Select(s => $"'$.{s}'"))})";
    }

    public static void Map(ModelBuilder builder, bool postgres)
    {
        foreach (var key in new[] { typeof(string), typeof(long?), typeof(bool) })
            builder.HasDbFunction(For(key)).HasTranslation(args => Translate(args, key, postgres)).HasParameter("made").HasStoreType(postgres ? "jsonb" : "text");
    }

    static SqlFunctionExpression Translate(IReadOnlyList<SqlExpression> args, Type key, bool postgres)
    {
        var slot = (string)((SqlConstantExpression)args[1]).Value!;
        RelationalTypeMapping mapping = key == typeof(string) ? StringTypeMapping.Default : key == typeof(bool) ? BoolTypeMapping.Default : LongTypeMapping.Default;
        var value = postgres ? FromJsonb(args[0], slot, key, mapping) : FromText(args[0], slot, key, mapping);
        return key == typeof(long?) ? value
            : new SqlFunctionExpression("coalesce", [value, new SqlFragmentExpression(key == typeof(string) ? "''" : postgres ? "FALSE" : "0")], nullable: false, DoNotPropagate, key, mapping);
    }

    static SqlFunctionExpression FromText(SqlExpression made, string slot, Type key, RelationalTypeMapping mapping) =>
        new("json_extract", [made, new SqlFragmentExpression($"'$.{slot}'")], nullable: true, DoNotPropagate, Nullable.GetUnderlyingType(key) ?? key, mapping);

    /// <summary>Functions instead of casts: EF asks whether the inside of a cast is null, which no index answers.</summary>
    static SqlFunctionExpression FromJsonb(SqlExpression made, string slot, Type key, RelationalTypeMapping mapping)
    {
        var value = new SqlFunctionExpression(key == typeof(string) ? "jsonb_object_field_text" : "jsonb_object_field", [made, new SqlFragmentExpression($"'{slot}'")], nullable: true, DoNotPropagate, typeof(string), StringTypeMapping.Default);
        return key == typeof(string) ? value : new(key == typeof(bool) ? "bool" : "int8", [value], nullable: true, [false], Nullable.GetUnderlyingType(key) ?? key, mapping);
    }
}
