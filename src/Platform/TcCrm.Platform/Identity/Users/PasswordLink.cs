using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace TcCrm.Platform.Identity;

/// <summary>A mailed link by which a user sets the password: an invitation, or after forgetting it.</summary>
public sealed record PasswordLink(string Kind, string Token)
{
    public const string Invitation = "invitation";
    public const string Reset = "reset";

    public string Provider => Kind == Invitation ? InvitationTokens.Name : TokenOptions.DefaultProvider;
    public string Purpose => Kind == Invitation ? "Invitation" : UserManager<CrmUser>.ResetPasswordTokenPurpose;

    public static async Task<string> AddressAsync(UserManager<CrmUser> users, CrmUser user, string kind, string baseAddress)
    {
        var link = new PasswordLink(kind, "");
        var token = await users.GenerateUserTokenAsync(user, link.Provider, link.Purpose);
        return QueryHelpers.AddQueryString($"{baseAddress.TrimEnd('/')}/account/set-password/{kind}", new Dictionary<string, string?> { ["user"] = user.Id.ToString("N"), ["token"] = token });
    }
}
