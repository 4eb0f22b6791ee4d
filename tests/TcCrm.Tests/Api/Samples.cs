using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Api;

/// <summary>Good values for every writable field of any record type, as the API reads and writes them.</summary>
public sealed class Samples(ApiCaller api, TestHost host)
{
    readonly Dictionary<string, string> _targets = [];

    static int _seed = 1000; // targets of several samples live in one tenant and must not share a unique value

    public async Task<JsonObject> ValuesAsync(RecordType type, int seed)
    {
        var values = new JsonObject();
        foreach (var field in type.Fields.Where(f => !f.IsReadOnly && f.NumberPattern is null)) values[field.ApiName] = await ValueAsync(type, field, seed);
        return values;
    }

    /// <summary>The value of a field in an answer, as a filter takes it.</summary>
    public static string FilterText(Field field, JsonNode? value) => field.Kind.Name switch
    {
        "money" => $"{value!["amount"]} {value["currency"]}",
        "tags" or "multi-choice" => value!.AsArray()[0]!.GetValue<string>(),
        "yes-no" => value!.GetValue<bool>() ? "true" : "false",
        _ => value?.ToString() ?? "",
    };

    async Task<JsonNode?> ValueAsync(RecordType type, Field field, int seed) => field switch
    {
        { Checks: [var check, ..] } => Checked(check.GetType().Name),
        { LookupType: { } target } => target == type.Name ? null : await TargetAsync(target),
        _ => field.Kind.Name switch
        {
            "text" or "long-text" => $"样品 {field.Name} {seed}"[..Math.Min(field.MaxLength ?? 200, $"样品 {field.Name} {seed}".Length)],
            "number" => field.Scale == 0 ? seed : $"{seed}." + new string('5', field.Scale),
            "money" => new JsonObject { ["amount"] = $"{seed}.50", ["currency"] = "CNY" },
            "yes-no" => true,
            "date" => "2001-02-03",
            "moment" => "2026-01-02T03:04:05Z",
            "choice" => field.Choices[^1],
            "multi-choice" => new JsonArray(field.Choices[PlaceOf(type, field) % field.Choices.Count]), // different in each field: a rule may forbid the same
            "tags" => new JsonArray("重点", "VIP"),
            "phone" => "+8613800138000",
            "email" => "someone@acme.example",
            "region" => "330106",
            "user" => await UserAsync(),
            var kind => throw new InvalidOperationException($"No sample of the kind '{kind}'."),
        },
    };

    static int PlaceOf(RecordType type, Field field) => type.Fields.Where(f => f.Kind == field.Kind).ToList().IndexOf(field);

    static string Checked(string check) => check switch
    {
        "IdentityCardAttribute" => "11010519491231002X", // the standard's own example
        "CreditCodeAttribute" => "91350100M000100Y43", // the standard's own example
        _ => throw new InvalidOperationException($"No sample for {check}."),
    };

    async Task<string> TargetAsync(string type)
    {
        if (_targets.TryGetValue(type, out var id)) return id;
        var target = host.Services.GetRequiredService<CodeRecordTypes>().All.First(t => t.Name == type);
        var answer = await api.PostAsync(type, await ValuesAsync(target, Interlocked.Increment(ref _seed)));
        return _targets[type] = answer.Body!["id"]?.GetValue<string>() ?? throw new InvalidOperationException($"No sample of {type}: {answer.Body}");
    }

    Task<string> UserAsync() => host.InAsync("acme", async services => (await services.GetRequiredService<CrmDbContext>().Users.Select(u => u.Id).FirstAsync()).ToString());
}
