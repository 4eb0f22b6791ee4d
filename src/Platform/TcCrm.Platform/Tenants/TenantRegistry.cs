using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Tenants;

/// <summary>Which tenants there are and how a request finds its own. Reads come from memory, filled from the host's database at start and after each change.</summary>
public sealed class TenantRegistry(HostDatabase host, TimeProvider time) : IDisposable
{
    readonly SemaphoreSlim _loading = new(1, 1);
    (long, long, string) _stamp;
    volatile Dictionary<string, Tenant> _byName = [];
    volatile Dictionary<string, Tenant> _byHost = [];
    volatile Tenant[] _ordered = [];

    public IReadOnlyCollection<Tenant> All => _byName.Values;
    /// <summary>The default tenant, then the others by name; sorted when they are read, since a list of ten thousand is looked at more often than it changes.</summary>
    public IReadOnlyList<Tenant> Ordered => _ordered;
    public Tenant? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads the registry if any node has changed it. One small query while nothing has.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        if (await StampAsync(cancel) == _stamp) return false;
        await LoadAsync(cancel);
        return true;
    }

    /// <summary>One at a time, or an older reading could replace a newer one.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        await _loading.WaitAsync(cancel);
        try
        {
            var stamp = await StampAsync(cancel);
            await ReadAsync(cancel);
            _stamp = stamp;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    async Task<(long, long, string)> StampAsync(CancellationToken cancel) =>
        (await host.QueryAsync("SELECT count(*), coalesce(cast(sum(version) AS bigint), 0), coalesce(max(created_at), '') FROM tenant", r => (r.GetInt64(0), r.GetInt64(1), r.GetString(2)), cancel))[0];

    async Task ReadAsync(CancellationToken cancel)
    {
        var rows = await host.QueryAsync("SELECT name, engine, state, host, title, recipe, created_at, version, error, aside FROM tenant", r => new Tenant(
            r.GetString(0), r.GetString(1), Enum.Parse<TenantState>(r.GetString(2)), Text(r, 3), Text(r, 4), Text(r, 5),
            DateTime.Parse(r.GetString(6), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), r.GetInt64(7), Text(r, 8))
        { Aside = Text(r, 9) }, cancel);
        _byName = rows.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _ordered = [.. rows.OrderBy(t => !t.IsDefault).ThenBy(t => t.Name, StringComparer.Ordinal)];
        _byHost = rows.Where(t => t is { Host: not null, State: not TenantState.Initializing }).SelectMany(t => t.Host!.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(h => (h, t)))
            .GroupBy(p => p.h, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().t, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>As it is now, whatever another node has done a moment ago.</summary>
    /// <exception cref="BusinessRuleException">There is no such tenant.</exception>
    public async Task<Tenant> CurrentAsync(string name, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return Find(name) ?? throw new BusinessRuleException("There is no tenant '{0}'.", null, name);
    }

    /// <summary>Runs again with another database under the old name: nothing that was issued before counts any more.</summary>
    public async Task RenewAsync(Tenant tenant, CancellationToken cancel)
    {
        await host.ExecuteAsync("UPDATE tenant SET state = @state, title = @title, recipe = @recipe, error = NULL, created_at = @at, version = version + 1 WHERE name = @name",
            [("@state", nameof(TenantState.Running)), ("@title", tenant.Title), ("@recipe", tenant.Recipe), ("@at", time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), ("@name", tenant.Name)], cancel);
        await LoadAsync(cancel);
    }

    /// <summary>Adds a tenant whose name is free.</summary>
    /// <exception cref="BusinessRuleException">The name is taken.</exception>
    public async Task AddAsync(Tenant tenant, CancellationToken cancel)
    {
        var added = await host.ExecuteAsync(
            "INSERT INTO tenant (name, engine, state, host, title, recipe, created_at, version, error, aside) VALUES (@name, @engine, @state, @host, @title, @recipe, @at, 1, NULL, @aside) ON CONFLICT (name) DO NOTHING",
            [("@name", tenant.Name), ("@engine", tenant.Engine), ("@state", tenant.State.ToString()), ("@host", tenant.Host), ("@title", tenant.Title), ("@recipe", tenant.Recipe), ("@at", time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), ("@aside", tenant.Aside)], cancel);
        if (added == 0) throw new BusinessRuleException("There is a tenant '{0}' already.", "Name", tenant.Name);
        await LoadAsync(cancel);
    }

    /// <summary>Writes the changed line; its version counts up, so that every node notices.</summary>
    public async Task SaveAsync(Tenant tenant, CancellationToken cancel)
    {
        await host.ExecuteAsync("UPDATE tenant SET state = @state, host = @host, title = @title, recipe = @recipe, error = @error, aside = @aside, version = version + 1 WHERE name = @name",
            [("@name", tenant.Name), ("@state", tenant.State.ToString()), ("@host", tenant.Host), ("@title", tenant.Title), ("@recipe", tenant.Recipe), ("@error", tenant.Error), ("@aside", tenant.Aside)], cancel);
        await LoadAsync(cancel);
    }

    /// <summary>Tenants that were built aside and now stand in their places: all at once, or a host with a first company but no administrator could result.</summary>
    public async Task PublishAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancel)
    {
        var names = tenants.Select((t, i) => ($"@n{i}", (object?)t.Name)).ToList();
        await host.ExecuteAsync($"UPDATE tenant SET state = @state, aside = NULL, version = version + 1 WHERE name IN ({string.Join(", ", names.Select(n => n.Item1))})", [("@state", nameof(TenantState.Running)), .. names], cancel);
        await LoadAsync(cancel);
    }

    /// <summary>Says to all nodes that the tenant's features, settings, roles or definitions have changed.</summary>
    public async Task TouchAsync(string name, CancellationToken cancel)
    {
        await host.ExecuteAsync("UPDATE tenant SET version = version + 1 WHERE name = @name", [("@name", name)], cancel);
        await LoadAsync(cancel);
    }

    public async Task RemoveAsync(string name, CancellationToken cancel)
    {
        await host.ExecuteAsync("DELETE FROM tenant WHERE name = @name", [("@name", name)], cancel);
        await LoadAsync(cancel);
    }

    /// <summary>The tenant of a request; one that is being set up is not there yet. By <c>/t/name</c>, which then moves into the path base; else by host name; else the default tenant.</summary>
    public Tenant? Match(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/t", StringComparison.Ordinal, out var rest) && rest.Value is { Length: > 1 } path)
        {
            var end = path.IndexOf('/', 1);
            if (_byName.GetValueOrDefault(end < 0 ? path[1..] : path[1..end]) is not { IsDefault: false, State: not TenantState.Initializing } tenant) return null;
            request.PathBase = request.PathBase.Add("/t/" + tenant.Name);
            request.Path = end < 0 ? new PathString("/") : new PathString(path[end..]);
            return tenant;
        }
        return _byHost.GetValueOrDefault(request.Host.Value ?? "") ?? _byHost.GetValueOrDefault(request.Host.Host) ?? (Find(Tenant.DefaultName) is { State: not TenantState.Initializing } standing ? standing : null);
    }

    static string? Text(System.Data.Common.DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
