using FluentMigrator;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Privacy.Retention;

/// <summary>What happens to a record whose time is over. Stored by number: add at the end.</summary>
public enum RetentionAction
{
    /// <summary>The person goes everywhere; a row that others point to stays, emptied.</summary>
    Erase,
    /// <summary>For good, past the recycle bin; what others point to is left alone.</summary>
    Delete,
    /// <summary>Some fields, with their history.</summary>
    EmptyFields,
}

/// <summary>How long records of a type are kept.</summary>
public sealed class RetentionRule : IPlatformEntity
{
    /// <summary>Days are counted from this on, besides the type's own fields of dates.</summary>
    public const string Created = nameof(Record.CreatedAt), LastChanged = nameof(Record.ModifiedAt);

    public Guid Id { get; private set; } = Ids.Next();
    public required string Name { get; set; }
    public required string RecordType { get; init; }
    /// <summary>JSON: conditions as <c>field:operator:value</c>, all of which must hold.</summary>
    public string Filters { get; set; } = "[]";
    public string Since { get; set; } = LastChanged;
    public int Days { get; set; }
    public RetentionAction Action { get; set; }
    /// <summary>For <see cref="RetentionAction.EmptyFields"/>.</summary>
    public List<string> Fields { get; set; } = [];
    public bool IsEnabled { get; set; }
    public DateTime? RanAt { get; set; }
    /// <summary>Records of the last run.</summary>
    public int LastCount { get; set; }

    public IReadOnlyList<FieldFilter> ReadFilters() => Conditions.Read(Filters);
}

[Migration(202611230129)]
public sealed class CreateRetentionRules : ForwardOnlyMigration
{
    public override void Up() => Create.Table("retention_rule").WithColumn("id").AsGuid().PrimaryKey().WithColumn("name").AsString(100).NotNullable()
        .WithColumn("record_type").AsString(100).NotNullable().WithColumn("filters").AsString(int.MaxValue).NotNullable().WithColumn("since").AsString(100).NotNullable()
        .WithColumn("days").AsInt32().NotNullable().WithColumn("action").AsInt32().NotNullable().WithColumn("fields").AsString(int.MaxValue).NotNullable()
        .WithColumn("is_enabled").AsBoolean().NotNullable().WithColumn("ran_at").AsMoment().Nullable().WithColumn("last_count").AsInt32().NotNullable();
}
