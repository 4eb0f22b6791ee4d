namespace TcCrm.Platform.Events;

/// <summary>The events that reactions of a tenant listen to; others need not be written. Belongs to a snapshot.</summary>
public sealed class HeardEvents
{
    IReadOnlySet<string>? _on;

    internal bool Has(string recordType, string @event, ITenantCatalogue catalogue)
    {
        var on = _on ??= catalogue.Of<IReaction>().Select(r => r.On).ToHashSet(StringComparer.Ordinal);
        return on.Contains(@event) || on.Contains(recordType + ".*");
    }
}
