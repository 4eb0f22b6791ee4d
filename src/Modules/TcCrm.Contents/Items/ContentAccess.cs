using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;

namespace TcCrm.Contents.Items;

/// <summary>What the current user may do with content items. Deny unless a role grants it: for all types or for one, with all items or with one's own.</summary>
public sealed class ContentAccess(Access access, CurrentUser user)
{
    /// <summary>As it stands in the items that are the user's own; null for those who own nothing.</summary>
    public string? Me { get; } = user.Id is { } id ? ContentIds.Of(id) : null;

    public bool MayAll(ContentRight right) => Including(right).Any(r => access.May(ContentPermissions.NameOf(r)));

    /// <summary>With every item of the type.</summary>
    public bool May(ContentRight right, string contentType) => MayAll(right) || Including(right).Any(r => access.May(ContentPermissions.NameOf(r, contentType)));

    /// <summary>At least with one's own items of the type, such as one that is made now.</summary>
    public bool MayOwn(ContentRight right, string contentType) =>
        May(right, contentType) || (Me is not null && Including(right).Any(r => access.May(ContentPermissions.NameOfOwn(r)) || access.May(ContentPermissions.NameOfOwn(r, contentType))));

    public bool May(ContentRight right, ContentItem item) => item.Owner is { Length: > 0 } owner && owner == Me ? MayOwn(right, item.ContentType) : May(right, item.ContentType);

    /// <summary>Those of these items that the right reaches.</summary>
    /// <param name="types">All types there may be.</param>
    public IQueryable<ContentItem> Reached(IQueryable<ContentItem> items, ContentRight right, IReadOnlyCollection<string> types)
    {
        if (MayAll(right)) return items;
        var (whole, own, me) = (types.Where(t => May(right, t)).ToList(), types.Where(t => MayOwn(right, t)).ToList(), Me);
        return items.Where(i => whole.Contains(i.ContentType) || (i.Owner == me && own.Contains(i.ContentType)));
    }

    static ContentRight[] Including(ContentRight right) => right switch
    {
        ContentRight.View => [ContentRight.View, ContentRight.Edit, ContentRight.Publish],
        ContentRight.Edit => [ContentRight.Edit, ContentRight.Publish],
        _ => [right],
    };
}
