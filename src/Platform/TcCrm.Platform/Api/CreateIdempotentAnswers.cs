using FluentMigrator;

namespace TcCrm.Platform.Api;

[Migration(202611220010)]
public sealed class CreateIdempotentAnswers : ForwardOnlyMigration
{
    public override void Up() => Create.Table("idempotent_answer").WithColumn("id").AsGuid().PrimaryKey()
        .WithColumn("key").AsString(300).NotNullable().Unique().WithColumn("request").AsString(64).NotNullable()
        .WithColumn("status").AsInt32().NotNullable().WithColumn("headers").AsString(int.MaxValue).NotNullable()
        .WithColumn("body").AsString(int.MaxValue).NotNullable().WithColumn("at").AsMoment().NotNullable().Indexed();
}
