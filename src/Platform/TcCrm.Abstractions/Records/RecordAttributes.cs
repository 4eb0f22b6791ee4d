namespace TcCrm;

/// <summary>Names a record type: <c>module.noun</c>, lower case, also its address and its API name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecordAttribute(string name) : Attribute
{
    public string Name { get; } = name;
    /// <summary>Icon of the sprite, shown in menus and head lines.</summary>
    public string Icon { get; set; } = "file";
}

/// <summary>The field that names the record on screen. One per type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TitleAttribute : Attribute;

/// <summary>Filled from the tenant's number rule when the record is created. <paramref name="defaultPattern"/> e.g. <c>C-{seq:6}</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberAttribute(string defaultPattern) : Attribute
{
    public string DefaultPattern { get; } = defaultPattern;
}

/// <summary>Found by quick search.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchAttribute : Attribute;

/// <summary>No two records of the type (outside the recycle bin) may have the same value; empty does not count. Needs a unique index.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniqueAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class LongTextAttribute : Attribute;

/// <summary>Several values, kept as a list; <see cref="TagsAttribute"/> takes free words, <see cref="MultiChoiceAttribute"/> the names of an enum.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagsAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class MultiChoiceAttribute(Type choices) : Attribute
{
    /// <summary>An enum whose names are the values.</summary>
    public Type Choices { get; } = choices;
}

/// <summary>Points to a record of another type by its id.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LookupAttribute(string recordType) : Attribute
{
    public string RecordType { get; } = recordType;
}

/// <summary>On a lookup: the record is part of the one it points to, goes to the recycle bin with it and comes back with it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PartOfAttribute : Attribute;

/// <summary>Points to a user of the tenant.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UserAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class PhoneAttribute : Attribute;

[AttributeUsage(AttributeTargets.Property)]
public sealed class EmailAttribute : Attribute;

/// <summary>An administrative division by its code (6 digits in mainland China), shown by name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegionAttribute : Attribute;

/// <summary>A plain number kept as a scaled <c>long</c>: 12.5 with scale 2 is 1250. 0 to 8.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScaleAttribute(int digits) : Attribute
{
    public int Digits { get; } = digits;
}

/// <summary>
/// Lists narrowed to one value of <paramref name="field"/> and sorted by this have an index of both: for what only some of them have at all, so that
/// a walk in this order could meet none of the others for long. Needs <see cref="RecordMigrations.PairIndexes"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SortedWithinAttribute(string field) : Attribute
{
    public string Field { get; } = field;
}

/// <summary>A further rule for the text of one field, such as a checksum.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class FieldCheckAttribute : Attribute
{
    /// <summary>The form in which the value is kept: trimmed, upper-cased, separators dropped.</summary>
    public virtual string Normalise(string value) => value.Trim();
    /// <summary>Null when the normalised value is good, else the key of the message that says what to do.</summary>
    public abstract string? Problem(string value);
}
