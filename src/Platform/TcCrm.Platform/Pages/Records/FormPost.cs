using TcCrm.Platform.Data;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A form that has made its record: sent again, it leads there instead of making another. <see cref="Id"/> is the form's token.</summary>
public sealed class FormPost : IPlatformEntity
{
    public Guid Id { get; init; }
    public Guid RecordId { get; init; }
    public DateTime At { get; init; }
}
