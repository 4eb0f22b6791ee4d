using Microsoft.Data.Sqlite;

namespace TcCrm.Platform.Data;

/// <summary>
/// Idle open connections, few and shared by all tenants, longest unused closed first: the page cache of each is most of what a warm tenant costs.
/// </summary>
sealed class SqliteConnections(int keep, TimeSpan keepFor, TimeProvider time) : IDisposable
{
    readonly LinkedList<(string Store, SqliteConnection Connection, long Since)> _idle = new(); // newest first
    readonly Dictionary<string, Stack<LinkedListNode<(string Store, SqliteConnection Connection, long Since)>>> _idleOf = [];
    readonly Lock _lock = new();

    public SqliteConnection? Take(string store)
    {
        lock (_lock)
        {
            if (!_idleOf.TryGetValue(store, out var nodes) || !nodes.TryPop(out var node)) return null;
            if (nodes.Count == 0) _idleOf.Remove(store);
            _idle.Remove(node);
            return node.Value.Connection;
        }
    }

    public void Return(string store, SqliteConnection connection)
    {
        List<SqliteConnection> surplus = [];
        lock (_lock)
        {
            var node = _idle.AddFirst((store, connection, time.GetTimestamp()));
            if (!_idleOf.TryGetValue(store, out var nodes)) _idleOf.Add(store, nodes = new());
            nodes.Push(node);
            while (_idle.Last is { } oldest && (_idle.Count > keep || time.GetElapsedTime(oldest.Value.Since) > keepFor)) surplus.Add(RemoveOldest(oldest));
        }
        foreach (var closed in surplus) closed.Dispose();
    }

    /// <summary>Closes what nobody has used for a while, over all tenants.</summary>
    public void CloseUnused()
    {
        List<SqliteConnection> unused = [];
        lock (_lock)
            while (_idle.Last is { } oldest && time.GetElapsedTime(oldest.Value.Since) > keepFor) unused.Add(RemoveOldest(oldest));
        foreach (var connection in unused) connection.Dispose();
    }

    public void Close(string store)
    {
        while (Take(store) is { } connection) connection.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, connection, _) in _idle) connection.Dispose();
            _idle.Clear();
            _idleOf.Clear();
        }
    }

    SqliteConnection RemoveOldest(LinkedListNode<(string Store, SqliteConnection Connection, long Since)> oldest)
    {
        _idle.Remove(oldest);
        var rest = _idleOf[oldest.Value.Store].Where(n => n != oldest).Reverse().ToArray();
        if (rest.Length == 0) _idleOf.Remove(oldest.Value.Store);
        else _idleOf[oldest.Value.Store] = new(rest);
        return oldest.Value.Connection;
    }
}
