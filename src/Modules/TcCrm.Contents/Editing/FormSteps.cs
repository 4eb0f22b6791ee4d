using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Editing;

/// <summary>
/// Buttons inside a form that change which items lie in the one that is edited, and in which order: <c>verb:input:key</c>. The form comes back with everything that was typed;
/// nothing is stored until it is saved.
/// </summary>
static class FormSteps
{
    /// <returns>What the form would have posted after the step; null when the button was none of these.</returns>
    public static IFormCollection? Apply(IFormCollection posted, string? step)
    {
        if (step?.Split(':', 3) is not [var verb, var input, var key]) return null;
        var items = posted[input].Select(HeldItem.Of).OfType<HeldItem>().ToList();
        var after = verb == "add" ? [.. items, new(ContentIds.New(), 0, key, [])] : Changed(items, verb, items.FindIndex(i => i.Key == key));
        return new FormCollection(posted.Where(p => p.Key != input).Append(new(input, new([.. after.Select(i => i.Posted)]))).ToDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What lies below a term goes with it.</summary>
    static List<HeldItem> Changed(List<HeldItem> items, string verb, int at)
    {
        if (at < 0) return items;
        var end = EndOf(items, at);
        var moved = items[at..end];
        var rest = items.Where((_, i) => i < at || i >= end).ToList();
        switch (verb)
        {
            case "drop": return rest;
            case "up": rest.InsertRange(BeforeOf(items, at), moved); return rest;
            case "down": rest.InsertRange(end < items.Count && items[end].Depth == items[at].Depth ? EndOf(items, end) - moved.Count : at, moved); return rest;
            case "in" when at > 0 && items[at - 1].Depth >= items[at].Depth: return Deeper(1);
            case "out" when items[at].Depth > 0: return Deeper(-1);
            default: return items;
        }

        List<HeldItem> Deeper(int by) => [.. items.Select((item, i) => i >= at && i < end ? item with { Depth = item.Depth + by } : item)];
    }

    static int EndOf(List<HeldItem> items, int at)
    {
        var end = items.FindIndex(at + 1, i => i.Depth <= items[at].Depth);
        return end < 0 ? items.Count : end;
    }

    /// <summary>Where the one before it on the same level begins; its own place where it is the first.</summary>
    static int BeforeOf(List<HeldItem> items, int at)
    {
        var before = Enumerable.Range(0, at).LastOrDefault(i => items[i].Depth <= items[at].Depth, at);
        return items[before].Depth == items[at].Depth ? before : at;
    }
}
