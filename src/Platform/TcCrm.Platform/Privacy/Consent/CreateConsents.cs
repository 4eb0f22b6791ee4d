using FluentMigrator;

namespace TcCrm.Platform.Privacy.Consent;

[Migration(202611230127)]
public sealed class CreateConsents : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.PlainRecordTable("privacy_purpose")
            .WithColumn("name").AsString(100).NotNullable().WithColumn("code").AsString(60).NotNullable().WithColumn("ground").AsInt32().NotNullable()
            .WithColumn("wording").AsString(int.MaxValue).NotNullable().WithColumn("wording_version").AsString(20).NotNullable()
            .WithColumn("asks_again").AsBoolean().NotNullable().WithColumn("is_in_use").AsBoolean().NotNullable();
        Create.FieldIndexes("privacy_purpose", "name", "code", "ground", "wording_version", "asks_again", "is_in_use");
        Create.Table("consent_entry").WithColumn("id").AsGuid().PrimaryKey().WithColumn("record_type").AsString(100).NotNullable().WithColumn("record_id").AsGuid().NotNullable()
            .WithColumn("purpose_id").AsGuid().NotNullable().WithColumn("is_given").AsBoolean().NotNullable().WithColumn("at").AsMoment().NotNullable()
            .WithColumn("channel").AsInt32().NotNullable().WithColumn("wording_version").AsString(20).NotNullable().WithColumn("evidence").AsString(500).NotNullable()
            .WithColumn("noted_at").AsMoment().NotNullable().WithColumn("noted_by_id").AsGuid().Nullable();
        Create.Index("ix_consent_entry_record").OnTable("consent_entry").OnColumn("record_id").Ascending().OnColumn("purpose_id").Ascending().OnColumn("at").Ascending();
    }
}
