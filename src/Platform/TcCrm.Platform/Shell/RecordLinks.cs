using TcCrm.Platform.Records;

namespace TcCrm.Platform.Shell;

/// <summary>Addresses of records inside the tenant, to be resolved with <c>Links.Resolve</c>.</summary>
public static class RecordLinks
{
    public static string List(RecordType type) => "~" + type.Path;
    public static string New(RecordType type) => $"~{type.Path}/new";
    public static string Bin(RecordType type) => $"~{type.Path}/bin";
    public static string Of(RecordType type, Record record) => $"~{type.Path}/{KeyOf(type, record)}";
    public static string Edit(RecordType type, Record record) => $"{Of(type, record)}/edit";

    public static string Print(RecordType type, Record record) => $"{Of(type, record)}/print";

    public static string Why(RecordType type, Record record) => $"~/why?type={type.Name}&record={KeyOf(type, record)}";

    public static string Share(RecordType type, Record record) => $"{Of(type, record)}/share";

    /// <summary>The number where it is fit for an address and cannot be taken for a page, else the id.</summary>
    static string KeyOf(RecordType type, Record record) =>
        type.Number?.Text(record) is { Length: > 0 } number && number.Any(char.IsAsciiDigit) && number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? number : record.Id.ToString();
}
