namespace TcCrm.Platform.Pages.Types;

/// <summary>Pictures of the sprite that a type can have.</summary>
public static class TypeIcons
{
    public static readonly IReadOnlyList<string> All =
    [
        "file-text", "file-invoice", "folder", "forms", "notes", "clock", "calendar-event", "user", "users", "user-check", "heart-handshake", "building", "building-store", "home", "map-pin",
        "phone", "mail", "message-2", "headset", "ticket", "tool", "device-desktop", "device-mobile", "truck", "package", "shopping-cart", "barcode", "tag", "gift", "sparkles", "trophy",
        "coin", "cash", "credit-card", "receipt", "calculator", "chart-bar", "target", "target-arrow", "flag", "briefcase", "book", "stethoscope", "cake", "coffee", "camera",
        "key", "lock", "shield-check", "gavel", "signature", "route", "sitemap", "list-check", "star", "bolt", "bell", "power",
    ];
}
