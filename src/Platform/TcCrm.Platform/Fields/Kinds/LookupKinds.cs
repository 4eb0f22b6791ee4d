using System.Reflection;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Fields.Kinds;

/// <summary>Points to another record by id; pages show its title.</summary>
public class LookupKind : FieldKind
{
    public override string Name => "lookup";
    public override IReadOnlyList<string> Operators => ["eq", "ne", "in", "empty"];
    public override string InvalidKey => "There is no such record.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(LookupAttribute));

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        var good = Guid.TryParse(text, out var id);
        value = good ? id : null;
        return good;
    }

    public override JsonObject Schema(Field field) => new() { ["type"] = "string", ["format"] = "uuid" };
}

/// <summary>Points to a user of the tenant.</summary>
public sealed class UserKind : LookupKind
{
    public override string Name => "user";
    public override string InvalidKey => "There is no such user.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(UserAttribute));
}
