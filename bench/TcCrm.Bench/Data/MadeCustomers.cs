using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Bench.Data;

/// <summary>The bench's customers once more, with the same ids and values, as records of a type that their tenant has made itself.</summary>
static class MadeCustomers
{
    public const string Type = "content.client";

    static string[] Placed => [nameof(MadeRecord.OwnerId), nameof(MadeRecord.UnitId)];

    /// <summary>Beside <see cref="CustomerTenants"/>, so that one server answers for both.</summary>
    public static async Task<Visitor> PrepareAsync(int count)
    {
        var (tenant, customers) = ($"made-{count}", await FileOfCustomersAsync(count));
        var mark = Path.Combine(CustomerTenants.DataPath, tenant + ".written");
        await using var workshop = await Workshop.OpenAsync(CustomerTenants.DataPath);
        if (!File.Exists(mark))
        {
            if (workshop.Registry.Find(tenant) is not null) throw new InvalidOperationException($"Writing {tenant} was broken off: remove {CustomerTenants.DataPath}.");
            await Visitor.SetUpAsync(workshop, tenant);
            await workshop.InAsync(tenant, DefineAsync);
            await workshop.InAsync(tenant, services => CopyAsync(services.GetRequiredService<CrmDbContext>(), customers));
            await File.WriteAllTextAsync(mark, "");
        }
        return await Visitor.OfAsync(workshop, tenant);
    }

    static async Task<string> FileOfCustomersAsync(int count) =>
        Path.Combine(CustomerTenants.DataPath, "tenants", (await CustomerTenants.PrepareAsync(count))[0].Tenant, "crm.db");

    static async Task<bool> DefineAsync(IServiceProvider services)
    {
        var customers = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
        var problems = await services.GetRequiredService<DefineTypes>().SaveAsync(new()
        {
            Name = Type,
            Labels = new("客户档案", "Client"),
            Plurals = new("客户档案", "Clients"),
            Fields = [.. customers.Fields.Where(f => !Placed.Contains(f.Name)).Select(FieldOf)],
        }, null, default);
        return problems.Count == 0 ? true : throw new InvalidOperationException($"The type cannot be made: {problems[0].Field}: {problems[0].Key}");
    }

    static FieldDefinition FieldOf(Field field) => new()
    {
        Name = field.Name,
        Kind = field.Kind.Name,
        Labels = new(field.Name, field.Name),
        IsTitle = field.IsTitle,
        MaxLength = field.Kind.Name == "text" ? field.MaxLength : null,
        Options = [.. field.Choices.Select(c => new OptionDefinition(c, new(c, c)))],
    };

    static async Task<bool> CopyAsync(CrmDbContext db, string customers)
    {
        var (made, from) = (db.Snapshot.RecordTypes[Type], db.Snapshot.RecordTypes["customers.customer"]);
        var sink = RowSink.Of(db, made.Table);
        await sink.BeginAsync(default);
        var values = made.Fields.Where(f => f.Slot is not null).SelectMany(f => ValuesOf(f, from.Find(f.Name)!));
        await using var command = db.CreateCommand($"""
            ATTACH @file AS source;
            INSERT INTO {made.Table} (id, version, created_at, modified_at, owner_id, made)
            SELECT id, version, created_at, modified_at, owner_id, {Filled(values)} FROM source.customers_customer;
            DETACH source
            """, ("@file", customers));
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
        await sink.EndAsync(default);
        return true;
    }

    /// <summary>A patch onto nothing leaves out what is null: an empty value has no place in the document.</summary>
    static string Filled(IEnumerable<string> values) => $"json_patch('{{}}', json_object({string.Join(", ", values)}))";

    static IEnumerable<string> ValuesOf(Field made, Field customers) => made.Kind.Name switch
    {
        "money" => [$"'{made.Slot}', {customers.Column}", $"'{made.Slot}c', {customers.Column.Replace("_minor", "_currency", StringComparison.Ordinal)}"],
        "choice" => [$"'{made.Slot}', CASE {customers.Column} {string.Join(' ', Enum.GetValuesAsUnderlyingType(customers.PlainType).Cast<object>().Select(v => string.Create(CultureInfo.InvariantCulture, $"WHEN {v} THEN '{Enum.GetName(customers.PlainType, v)}'")))} END"],
        "date" => [$"'{made.Slot}', CAST(julianday({customers.Column}) - julianday('0001-01-01') AS INTEGER)"],
        "tags" => [$"'{made.Slot}', json(nullif({customers.Column}, '[]'))"],
        _ => [$"'{made.Slot}', nullif({customers.Column}, '')"],
    };
}
