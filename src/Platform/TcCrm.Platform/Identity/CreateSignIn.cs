using FluentMigrator;

namespace TcCrm.Platform.Identity;

[Migration(202611220110)]
public sealed class CreateSignIn : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("api_key").WithColumn("id").AsGuid().PrimaryKey().WithColumn("user_id").AsGuid().NotNullable().Indexed()
            .WithColumn("name").AsString(100).NotNullable().WithColumn("secret_hash").AsBinary(32).NotNullable()
            .WithColumn("created_at").AsMoment().NotNullable().WithColumn("created_by_id").AsGuid().Nullable()
            .WithColumn("expires_at").AsMoment().Nullable().WithColumn("revoked_at").AsMoment().Nullable().WithColumn("last_used_at").AsMoment().Nullable();
        Create.Table("mail_message").WithColumn("id").AsGuid().PrimaryKey().WithColumn("address").AsString(256).NotNullable()
            .WithColumn("subject").AsString(400).NotNullable().WithColumn("body").AsString(int.MaxValue).NotNullable()
            .WithColumn("created_at").AsMoment().NotNullable().WithColumn("due_at").AsMoment().NotNullable()
            .WithColumn("attempts").AsInt32().NotNullable().WithColumn("error").AsString(int.MaxValue).Nullable();
        Create.Index("ix_mail_message_due").OnTable("mail_message").OnColumn("due_at").Ascending().OnColumn("id").Ascending();
    }
}
