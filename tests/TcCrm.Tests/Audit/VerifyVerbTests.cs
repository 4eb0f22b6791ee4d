using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TcCrm.Tests.Audit;

public sealed class VerifyVerbTests
{
    [Fact]
    public async Task Says_in_words_and_by_its_exit_code_whether_the_log_is_as_it_was_written()
    {
        await using var log = await SealedLog.StartAsync("sqlite");
        var good = JsonDocument.Parse(await RunAsync(log, 0, "--json")).RootElement;
        Assert.True(good.GetProperty("sound").GetBoolean());
        Assert.Equal((36, 3), (good.GetProperty("entries").GetInt32(), good.GetProperty("blocks").GetInt32()));

        var copy = await log.CopyAsync();
        await ChangeOneByteAsync(copy, "Firm 105");
        var bad = JsonDocument.Parse(await RunAsync(log, 1, "--json", "--database", copy)).RootElement;
        Assert.False(bad.GetProperty("sound").GetBoolean());
        Assert.EndsWith($"({(await log.IdsAsync())[17]}) was changed: it no longer fits its digest.", bad.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    static async Task<string> RunAsync(SealedLog log, int code, params string[] options)
    {
        await using var web = await WebProcess.RunAsync(log.Host.DataPath, null, ["audit", "verify", "--tenant", SealedLog.Tenant, .. options]);
        Assert.True(web.ExitCode == code, string.Join('\n', web.Lines));
        return web.Output;
    }

    /// <summary>In the file itself, where the entry of this customer stands; pages may hold leftovers of it besides.</summary>
    static async Task ChangeOneByteAsync(string file, string words)
    {
        SqliteConnection.ClearAllPools();
        var bytes = await File.ReadAllBytesAsync(file);
        var sought = System.Text.Encoding.UTF8.GetBytes($"\"Name\":[\"\",\"{words}");
        var changed = 0;
        for (var next = bytes.AsSpan().IndexOf(sought); next >= 0; next = bytes.AsSpan().IndexOf(sought), changed++) bytes[next + sought.Length - 1] ^= 1;
        Assert.True(changed > 0);
        await File.WriteAllBytesAsync(file, bytes);
    }
}
