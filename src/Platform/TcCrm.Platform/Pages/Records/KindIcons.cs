using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A picture for each kind of field.</summary>
public static class KindIcons
{
    public static string Of(FieldKind kind) => OfName(kind.Name);

    public static string OfName(string kind) => kind switch
    {
        "number" => "hash",
        "money" => "coin",
        "date" => "calendar",
        "moment" => "clock",
        "choice" => "circle-dot",
        "multi-choice" => "list-check",
        "tags" => "tags",
        "lookup" => "link",
        "user" => "user",
        "phone" => "phone",
        "email" => "mail",
        "region" => "map-pin",
        "yes-no" => "toggle-left",
        "long-text" => "file-text",
        _ => "letter-case",
    };
}
