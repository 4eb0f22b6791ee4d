using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Data;

/// <summary>The model says what the code expects, the migrations what a database has: they must not drift apart.</summary>
public sealed class SchemaTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_migrated_schema_has_every_table_and_column_of_the_model_with_the_same_nullability(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme", [.. host.Services.GetRequiredService<ModuleCatalog>().Features.Select(f => f.Id)]);
        await host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var actual = await ColumnsAsync(db, engine);
            var differences = new List<string>();
            foreach (var table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables)
                foreach (var column in table.Columns)
                    if (!actual.TryGetValue((table.Name, column.Name), out var nullable)) differences.Add($"{table.Name}.{column.Name} is missing");
                    else if (!column.IsNullable && nullable && !column.PropertyMappings.Any(m => m.Property.IsPrimaryKey())) differences.Add($"{table.Name}.{column.Name} may be null in the database only");
                    else if (column.IsNullable && !nullable && !IsOptionalText(column)) differences.Add($"{table.Name}.{column.Name} may be null in the model only");
            Assert.True(differences.Count == 0, string.Join('\n', differences));
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_field_that_can_be_sorted_has_its_index_and_that_of_the_pair_it_names(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme", [.. host.Services.GetRequiredService<ModuleCatalog>().Features.Select(f => f.Id)]);
        await host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var indexes = await NamesAsync(db, engine == "sqlite" ? "SELECT name FROM sqlite_master WHERE type = 'index'" : "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()");
            foreach (var type in host.Services.GetRequiredService<CodeRecordTypes>().All)
                foreach (var field in type.Fields.Where(f => f.Kind.CanSort))
                {
                    var table = type.Name.Replace('.', '_');
                    Assert.Contains($"ix_{table}_{ColumnOf(field)}", indexes);
                    if (field.SortedWithin is { } within) Assert.Contains($"ix_{table}_{ColumnOf(type.Find(within)!)}_{ColumnOf(field)}", indexes);
                }
        });
    }

    /// <summary>Migrations may hold text columns stricter than a nullable string of Identity's own classes.</summary>
    static bool IsOptionalText(IColumn column) => column.PropertyMappings.All(m => m.Property.ClrType == typeof(string));

    static string ColumnOf(Field field) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name) + (field.Kind.Name == "money" ? "_minor" : "");

    static async Task<Dictionary<(string, string), bool>> ColumnsAsync(CrmDbContext db, string engine)
    {
        var sql = engine == "sqlite"
            ? "SELECT m.name, c.name, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            : "SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = current_schema()";
        var columns = new Dictionary<(string, string), bool>();
        await db.Database.OpenConnectionAsync();
        await using var command = db.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) columns[(reader.GetString(0), reader.GetString(1))] = Convert.ToBoolean(reader.GetValue(2), System.Globalization.CultureInfo.InvariantCulture);
        return columns;
    }

    static async Task<List<string>> NamesAsync(CrmDbContext db, string sql)
    {
        var names = new List<string>();
        await db.Database.OpenConnectionAsync();
        await using var command = db.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}
