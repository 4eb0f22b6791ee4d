using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes;

static class SettingRows
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public const int LongestKey = 200;

    public static string Text(JsonNode? value) => value?.ToJsonString(Readable) ?? "null";

    /// <summary>Adds or replaces one setting; an equal one is left alone.</summary>
    public static async Task PutAsync(this CrmDbContext db, string key, JsonNode? value, CancellationToken cancel)
    {
        var json = Text(value);
        if (await db.Set<SettingRow>().FindAsync([key], cancel) is { } row) row.Json = json;
        else db.Add(new SettingRow { Key = key, Json = json });
    }
}
