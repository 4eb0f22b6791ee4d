using FluentMigrator;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Definitions.Storage;

/// <summary>The definition of one type as it is now. One of a removed type stays, so that its number is never given again.</summary>
public sealed class StoredDefinition : IPlatformEntity
{
    public int Id { get; init; }
    public required string Name { get; init; }
    public int Version { get; set; }
    public required string Json { get; set; }
    public DateTime ModifiedAt { get; set; }
    public DateTime? RemovedAt { get; set; }
}

/// <summary>A definition as it once was.</summary>
public sealed class PastDefinition : IPlatformEntity
{
    public Guid Id { get; init; } = Ids.Next();
    public int DefinitionId { get; init; }
    public int Version { get; init; }
    public required string Json { get; init; }
    public DateTime At { get; init; }
    public Guid? UserId { get; init; }
}

[Migration(202611230417)]
public sealed class CreateDefinitions : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("stored_definition").WithColumn("id").AsInt32().PrimaryKey().WithColumn("name").AsString(200).NotNullable().Indexed()
            .WithColumn("version").AsInt32().NotNullable().WithColumn("json").AsString(int.MaxValue).NotNullable()
            .WithColumn("modified_at").AsMoment().NotNullable().WithColumn("removed_at").AsMoment().Nullable();
        Create.Table("past_definition").WithColumn("id").AsGuid().PrimaryKey().WithColumn("definition_id").AsInt32().NotNullable().Indexed()
            .WithColumn("version").AsInt32().NotNullable().WithColumn("json").AsString(int.MaxValue).NotNullable()
            .WithColumn("at").AsMoment().NotNullable().WithColumn("user_id").AsGuid().Nullable();
        Create.AddMadeValues("privacy_purpose", "organisation_unit", "organisation_department", "organisation_position", "organisation_staff", "organisation_assignment");
    }
}
