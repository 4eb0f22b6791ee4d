using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Events;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Search;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Data;

/// <summary>One model per engine for all tenants: the platform's tables and a table for each record class of every installed module.</summary>
static class CrmModel
{
    public static void Build(ModelBuilder builder, bool postgres, CrmDbContext db)
    {
        foreach (var type in db.GetService<ModuleCatalog>().RecordClasses) MapRecord(builder, type, postgres).ToTable(TableOf(type));
        MapRecord(builder, typeof(MadeRecord), postgres).ToView(null);
        MadeKeys.Map(builder, postgres);
        builder.Entity<SettingRow>().ToTable("setting").HasKey(s => s.Key);
        builder.Entity<FeatureRow>().ToTable("feature").HasKey(f => f.Id);
        builder.Entity<AuditEntry>().ToTable("audit_entry");
        builder.Entity<OutboxEntry>().ToTable("outbox_entry");
        builder.Entity<NumberRule>().ToTable("number_rule").HasKey(r => r.RecordType);
        builder.Entity<MultiValue>().ToTable("multi_value").HasKey(v => new { v.RecordType, v.Field, v.Value, v.RecordId });
        builder.Entity<SearchHit>().HasNoKey().ToView(null);
        builder.Entity<UnitBelow>().HasKey(b => new { b.AncestorId, b.UnitId });
        builder.Entity<RoleReach>().HasKey(r => new { r.RoleId, r.RecordType, r.Right });
        builder.Entity<FieldRule>().HasKey(r => new { r.RoleId, r.RecordType, r.Field });
        builder.Entity<RecordShare>().HasKey(s => new { s.RecordId, s.WithId });
        builder.Entity<SecondFactor>().HasKey(f => f.UserId);
        foreach (var entity in db.GetService<ModuleCatalog>().TypesOf<IPlatformEntity>()) builder.Entity(entity);
        OpenIdModel.Build(builder);
        foreach (var entity in builder.Model.GetEntityTypes()) NameColumns(entity);
    }

    static EntityTypeBuilder MapRecord(ModelBuilder builder, Type type, bool postgres)
    {
        var entity = builder.Entity(type);
        entity.Property(nameof(Record.Id)).ValueGeneratedNever().UsePropertyAccessMode(PropertyAccessMode.PreferFieldDuringConstruction);
        entity.Property(nameof(Record.Version)).IsConcurrencyToken();
        entity.Ignore(nameof(Record.MadeValues));
        var made = entity.Property(nameof(Record.Made)).UsePropertyAccessMode(PropertyAccessMode.Property);
        if (postgres) made.HasColumnType("jsonb");
        foreach (var money in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(Money)))
            entity.ComplexProperty(typeof(Money), money.Name, m =>
            {
                m.Property(nameof(Money.Minor)).HasColumnName(Snake(money.Name) + "_minor");
                m.Property(nameof(Money.Currency)).HasColumnName(Snake(money.Name) + "_currency");
                m.Ignore(nameof(Money.Amount));
            });
        return entity;
    }

    public static string TableOf(Type recordClass) => CodeRecordTypes.NameOf(recordClass).Replace('.', '_').Replace('-', '_');

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace("asp_net_", "", StringComparison.Ordinal);

    static void NameColumns(IMutableEntityType entity)
    {
        if (entity.GetTableName() is { } table) entity.SetTableName(Snake(table));
        foreach (var property in entity.GetProperties()) property.SetColumnName(Snake(property.Name));
        foreach (var property in entity.GetProperties().Where(p => p is { Name: "Id" } && p.ClrType == typeof(Guid))) property.ValueGenerated = ValueGenerated.Never;
    }
}

/// <summary>A table of the platform or of a module that is no record type: rows of its own, mapped by convention (snake case, table named after the class).</summary>
public interface IPlatformEntity;
