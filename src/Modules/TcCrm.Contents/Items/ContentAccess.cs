using TcCrm.Platform.Permissions;

namespace TcCrm.Contents.Items;

/// <summary>What the current user may do with content items of a type. Deny unless a role grants it, for all types or for this one.</summary>
public sealed class ContentAccess(Access access)
{
    public bool MayAll(ContentRight right) => Including(right).Any(r => access.May(ContentPermissions.NameOf(r)));

    public bool May(ContentRight right, string contentType) => MayAll(right) || Including(right).Any(r => access.May(ContentPermissions.NameOf(r, contentType)));

    static ContentRight[] Including(ContentRight right) => right switch
    {
        ContentRight.View => [ContentRight.View, ContentRight.Edit, ContentRight.Publish],
        ContentRight.Edit => [ContentRight.Edit, ContentRight.Publish],
        _ => [right],
    };
}
