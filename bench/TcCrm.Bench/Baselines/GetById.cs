using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using TcCrm.Customers;

namespace TcCrm.Bench.Baselines;

/// <summary>GET by id as somebody would write it for this one table: key check, user check, one row, its JSON.</summary>
static class GetById
{
    const string RowQuery = "SELECT version, created_at, modified_at, number, name, kind, segment, industry, source, owner_id, tags, phone, email, website, region, city, address, language, credit_code, identity_card, external_id, gender, birthday, income_bracket, economic_situation, style, credit_limit_minor, credit_limit_currency, annual_revenue_minor, annual_revenue_currency, remark, unit_id FROM customers_customer WHERE id = @id AND deleted_at IS NULL";
    static readonly ConcurrentBag<SqliteConnection> Idle = [];

    public static Task<int> RunAsync(BenchOptions options) => BaselineServer.RunAsync(options, http => AnswerAsync(http, options.Text("db")));

    static async Task AnswerAsync(HttpContext http, string file)
    {
        if (!Idle.TryTake(out var connection)) connection = BaselineDatabase.Open(file);
        if (!BaselineDatabase.MayEnter(connection, http.Request.Headers.Authorization.ToString())) http.Response.StatusCode = 401;
        else Write(http.Response, connection, Guid.Parse(http.Request.Path.Value!.AsSpan(http.Request.Path.Value!.LastIndexOf('/') + 1)));
        Idle.Add(connection);
        await http.Response.BodyWriter.FlushAsync();
    }

    static void Write(HttpResponse response, SqliteConnection connection, Guid id)
    {
        using var row = BaselineDatabase.Read(connection, RowQuery, id);
        if (!row.Read()) throw new InvalidOperationException("There is no such row.");
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ETag = $"\"{row.GetInt32(0)}\"";
        using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteNumber("version"u8, row.GetInt32(0));
        json.WriteString("createdAt"u8, DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc));
        json.WriteString("modifiedAt"u8, DateTime.SpecifyKind(row.GetDateTime(2), DateTimeKind.Utc));
        foreach (var (name, column) in new[] { ("number", 3), ("name", 4) }) json.WriteString(name, row.GetString(column));
        json.WriteString("kind"u8, ((CustomerKind)row.GetInt32(5)).ToString());
        foreach (var (name, column) in new[] { ("segment", 6), ("industry", 7), ("source", 8) }) json.WriteString(name, row.GetString(column));
        json.WriteString("ownerId"u8, row.IsDBNull(9) ? null : new Guid((byte[])row[9], bigEndian: true).ToString());
        json.WriteString("unitId"u8, row.IsDBNull(31) ? null : new Guid((byte[])row[31], bigEndian: true).ToString());
        json.WriteStartArray("tags"u8);
        foreach (var tag in JsonSerializer.Deserialize<List<string>>(row.GetString(10))!) json.WriteStringValue(tag);
        json.WriteEndArray();
        foreach (var (name, column) in new[] { ("phone", 11), ("email", 12), ("website", 13), ("region", 14), ("city", 15), ("address", 16) }) json.WriteString(name, row.GetString(column));
        json.WriteString("language"u8, row.IsDBNull(17) ? null : ((SpokenLanguage)row.GetInt32(17)).ToString());
        foreach (var (name, column) in new[] { ("creditCode", 18), ("identityCard", 19), ("externalId", 20) }) json.WriteString(name, row.GetString(column));
        json.WriteString("gender"u8, row.IsDBNull(21) ? null : ((Gender)row.GetInt32(21)).ToString());
        json.WriteString("birthday"u8, row.IsDBNull(22) ? null : row.GetString(22));
        json.WriteString("incomeBracket"u8, row.IsDBNull(23) ? null : ((IncomeBracket)row.GetInt32(23)).ToString());
        foreach (var (name, column) in new[] { ("economicSituation", 24), ("style", 25) }) json.WriteString(name, row.GetString(column));
        foreach (var (name, column) in new[] { ("creditLimit", 26), ("annualRevenue", 28) }) BaselineDatabase.WriteMoney(json, name, row, column);
        json.WriteString("remark"u8, row.GetString(30));
        json.WriteEndObject();
    }
}
