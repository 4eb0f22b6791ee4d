using System.Globalization;
using TcCrm.Platform.Audit;

namespace TcCrm.Tests.Audit;

/// <summary>Each way to tamper with the log is found, and the first entry or block that is wrong is named.</summary>
public sealed class VerifyAuditTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Names_the_first_thing_that_was_tampered_with(string engine)
    {
        await using var log = await SealedLog.StartAsync(engine);
        var ids = await log.IdsAsync();
        string Entry(int place) => log.Sql(ids[place]);
        var untouched = await log.AfterAsync();
        Assert.True(untouched.IsSound, Words(untouched));
        Assert.Equal((ids.Count, 3, 0, 0), (untouched.Entries, untouched.Blocks, untouched.Unsealed, untouched.Erased));

        Finds(await log.AfterAsync($"UPDATE audit_entry SET details = replace(details, 'Firm 105', 'Firm 106') WHERE id = {Entry(17)}"), "was changed", ids[17]);
        Finds(await log.AfterAsync($"UPDATE audit_entry SET at = (SELECT at FROM audit_entry WHERE id = {Entry(3)}) WHERE id = {Entry(20)}"), "was changed", ids[20]);
        Finds(await log.AfterAsync($"DELETE FROM audit_entry WHERE id = {Entry(15)}"), "Entry 4 of the 12 in block 2 is missing", ids[15]);
        Finds(await log.AfterAsync("DELETE FROM audit_entry WHERE id IN (SELECT id FROM audit_entry ORDER BY id DESC LIMIT 10)"), "Entry 3 of the 12 in block 3 is missing", ids[26]);
        Finds(await log.AfterAsync(Swapped(log, ids[5], ids[30])), "was changed", ids[5]);
        Finds(await log.AfterAsync(Inserted(log, ids[14], "2")), "was changed", MadeUp(ids[14]));
        Finds(await log.AfterAsync($"UPDATE audit_entry SET block = NULL WHERE id = {Entry(1)}"), "Entry 2 of the 12 in block 1 is missing", ids[1]);
        Finds(await log.AfterAsync($"UPDATE audit_entry SET details = '{{}}', erased_at = at WHERE id = {Entry(8)}"), "was changed", ids[8]);
        Finds(await log.AfterAsync("DELETE FROM audit_block WHERE number = 2"), "Block 2 of the log is missing");
        Finds(await log.AfterAsync("DELETE FROM audit_block WHERE number = 3", "DELETE FROM audit_entry WHERE block = 3"), "The log ends with block 2, but block 3 has been sealed");
        Finds(await log.AfterAsync("UPDATE audit_block SET count = count - 1 WHERE number = 2"), "The seal of block 2");
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_chain_that_was_rebuilt_without_the_key_is_not_believed(string engine)
    {
        await using var log = await SealedLog.StartAsync(engine);
        var (key, head) = (Path.Combine(log.PathOfKeys, "audit.key"), Path.Combine(log.PathOfKeys, "audit.head"));
        File.Move(key, key + ".kept");
        File.Move(head, head + ".kept");
        await log.ExecuteAsync("DELETE FROM audit_block", "UPDATE audit_entry SET block = NULL");
        Assert.Equal(1, await log.SealAsync());
        Assert.True((await log.VerifyAsync()).IsSound);
        File.Move(key + ".kept", key, overwrite: true);
        Finds(await log.VerifyAsync(), "The seal of block 1");
        File.Move(head + ".kept", head, overwrite: true);
        Finds(await log.VerifyAsync(), "The seal of block 1");
    }

    [Fact]
    public async Task Says_so_when_the_key_is_gone()
    {
        await using var log = await SealedLog.StartAsync("sqlite");
        File.Delete(Path.Combine(log.PathOfKeys, "audit.key"));
        Assert.Contains("key", (await Assert.ThrowsAsync<BusinessRuleException>(log.VerifyAsync)).Key);
        await log.ExecuteAsync("UPDATE audit_entry SET block = NULL WHERE block = 1");
        await Assert.ThrowsAsync<BusinessRuleException>(log.SealAsync);
    }

    static string[] Swapped(SealedLog log, Guid one, Guid other) =>
    [
        $"UPDATE audit_entry SET id = {log.Sql(Guid.Empty)} WHERE id = {log.Sql(one)}",
        $"UPDATE audit_entry SET id = {log.Sql(one)} WHERE id = {log.Sql(other)}",
        $"UPDATE audit_entry SET id = {log.Sql(other)} WHERE id = {log.Sql(Guid.Empty)}",
    ];

    static string[] Inserted(SealedLog log, Guid like, string block) =>
    [
        $"INSERT INTO audit_entry (id, at, action, record_type, details, salt, digest, block) SELECT {log.Sql(MadeUp(like))}, at, action, record_type, details, salt, digest, {block} FROM audit_entry WHERE id = {log.Sql(like)}",
    ];

    /// <summary>An id right behind this one.</summary>
    static Guid MadeUp(Guid like)
    {
        var bytes = like.ToByteArray(bigEndian: true);
        for (var i = 8; i < bytes.Length; i++) bytes[i] = 0xFF;
        return new(bytes, bigEndian: true);
    }

    static void Finds(AuditVerdict verdict, string words, Guid? entry = null)
    {
        Assert.Contains(words, Words(verdict));
        if (entry is { } id) Assert.Contains(id.ToString(), Words(verdict));
    }

    static string Words(AuditVerdict verdict) => verdict.Problem is { } problem ? string.Format(CultureInfo.InvariantCulture, problem.Key, [.. problem.Args]) : "";
}
