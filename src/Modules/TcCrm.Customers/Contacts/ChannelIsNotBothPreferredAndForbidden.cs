namespace TcCrm.Customers;

public sealed class ChannelIsNotBothPreferredAndForbidden : IRecordRule
{
    public string RecordType => "customers.contact";

    public ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel)
    {
        var contact = (Contact)record;
        if (contact.PreferredChannels.Intersect(contact.ForbiddenChannels).Any())
            problems.Add(new(nameof(Contact.ForbiddenChannels), "A channel cannot be preferred and forbidden at the same time."));
        return ValueTask.CompletedTask;
    }
}
