using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace TcCrm.Bench.Baselines;

/// <summary>A content item as somebody would answer it who has this one table: key check, user check, one row, its columns and the JSON behind them.</summary>
static class ContentById
{
    const string RowQuery = "SELECT content_item_id, content_item_version_id, content_type, display_text, latest, published, json FROM content_item WHERE content_item_id = @id AND published";
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    static readonly ConcurrentBag<SqliteConnection> Idle = [];

    public static Task<int> RunAsync(BenchOptions options) => BaselineServer.RunAsync(options, http => AnswerAsync(http, options.Text("db")));

    static async Task AnswerAsync(HttpContext http, string file)
    {
        if (!Idle.TryTake(out var connection)) connection = BaselineDatabase.Open(file);
        if (!BaselineDatabase.MayEnter(connection, http.Request.Headers.Authorization.ToString())) http.Response.StatusCode = 401;
        else Write(http.Response, connection, http.Request.Path.Value![(http.Request.Path.Value!.LastIndexOf('/') + 1)..]);
        Idle.Add(connection);
        await http.Response.BodyWriter.FlushAsync();
    }

    static void Write(HttpResponse response, SqliteConnection connection, string id)
    {
        using var row = BaselineDatabase.Read(connection, RowQuery, id);
        if (!row.Read()) throw new InvalidOperationException("There is no such item.");
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ETag = $"\"{Uri.EscapeDataString(row.GetString(1))}\"";
        using (var json = new Utf8JsonWriter(response.BodyWriter, Readable))
        {
            json.WriteStartObject();
            json.WriteString("ContentItemId"u8, row.GetString(0));
            json.WriteString("ContentItemVersionId"u8, row.GetString(1));
            json.WriteString("ContentType"u8, row.GetString(2));
            json.WriteString("DisplayText"u8, row.GetString(3));
            json.WriteBoolean("Latest"u8, row.GetBoolean(4));
            json.WriteBoolean("Published"u8, row.GetBoolean(5));
        }
        response.BodyWriter.Write(","u8);
        Encoding.UTF8.GetBytes(row.GetString(6).AsSpan(1), response.BodyWriter);
    }
}
