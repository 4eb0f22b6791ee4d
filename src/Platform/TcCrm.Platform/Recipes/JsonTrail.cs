using System.Buffers;

namespace TcCrm.Platform.Recipes;

/// <summary>Where a reader of JSON stands, as a path is asked for only where something is wrong.</summary>
sealed class JsonTrail(string root)
{
    static readonly SearchValues<char> Signs = SearchValues.Create(". '/\"[]()\t\n\r\f\b\\\u0085\u2028\u2029");
    readonly List<Frame> _frames = [];
    readonly Stack<HashSet<string>> _idle = [];

    /// <summary>Of the value that was read last.</summary>
    public string Path => root + string.Concat(_frames.Select(f => f.Names is null ? $"[{f.Index}]" : Part(f.Name)));
    /// <summary>Of the object or list that is open.</summary>
    public string OwnerPath => root + string.Concat(_frames.Take(_frames.Count - 1).Select(f => f.Names is null ? $"[{f.Index}]" : Part(f.Name)));

    public static string Part(string name) => name.AsSpan().ContainsAny(Signs) ? $"['{name}']" : "." + name;

    public void Open(bool isObject) => _frames.Add(new(isObject ? _idle.TryPop(out var names) ? names : new(StringComparer.Ordinal) : null, "", -1));

    public void Close()
    {
        if (_frames[^1].Names is { } names)
        {
            names.Clear();
            _idle.Push(names);
        }
        _frames.RemoveAt(_frames.Count - 1);
    }

    /// <returns>False when the object has the key already.</returns>
    public bool Key(string name)
    {
        _frames[^1] = _frames[^1] with { Name = name };
        return _frames[^1].Names!.Add(name);
    }

    public void Value()
    {
        if (_frames is [.., { Names: null } list]) _frames[^1] = list with { Index = list.Index + 1 };
    }

    readonly record struct Frame(HashSet<string>? Names, string Name, int Index);
}
