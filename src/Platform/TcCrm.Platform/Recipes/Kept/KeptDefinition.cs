using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes.Kept;

/// <summary>A workflow type or a query in Orchard Core's JSON, one version of it. Versions are only added: what began on one can end on it.</summary>
public sealed class KeptDefinition : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    /// <summary>Name of the step that brings it.</summary>
    public required string Kind { get; init; }
    /// <summary><c>WorkflowTypeId</c>, or the name of a query.</summary>
    public required string Key { get; init; }
    public required int Version { get; init; }
    public bool IsLatest { get; set; }
    /// <summary>As it came, its expressions evaluated.</summary>
    public required string Json { get; init; }
    public DateTime At { get; init; }
    public Guid? UserId { get; init; }
}

[Migration(202611230931)]
public sealed class CreateKeptDefinitions : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kept_definition").WithColumn("id").AsGuid().PrimaryKey().WithColumn("kind").AsString(50).NotNullable().WithColumn("key").AsString(200).NotNullable()
            .WithColumn("version").AsInt32().NotNullable().WithColumn("is_latest").AsBoolean().NotNullable().WithColumn("json").AsString(int.MaxValue).NotNullable()
            .WithColumn("at").AsMoment().NotNullable().WithColumn("user_id").AsGuid().Nullable();
        Create.Index("ux_kept_definition").OnTable("kept_definition").OnColumn("kind").Ascending().OnColumn("key").Ascending().OnColumn("version").Ascending().WithOptions().Unique();
    }
}
