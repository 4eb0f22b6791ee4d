using Microsoft.AspNetCore.Identity;

namespace TcCrm.Platform.Identity;

/// <summary>Refuses passwords that leaked lists begin with, and those made of the user's own name.</summary>
public sealed class PasswordIsNotCommon(CrmIdentityErrors errors) : IPasswordValidator<CrmUser>
{
    const int ShortestName = 4;

    public Task<IdentityResult> ValidateAsync(UserManager<CrmUser> manager, CrmUser user, string? password)
    {
        if (string.IsNullOrEmpty(password)) return Task.FromResult(IdentityResult.Success);
        if (CommonPasswords.Holds(password)) return Task.FromResult(IdentityResult.Failed(errors.PasswordIsCommon()));
        var hasName = user.UserName is { Length: >= ShortestName } name && password.Contains(name, StringComparison.OrdinalIgnoreCase);
        return Task.FromResult(hasName ? IdentityResult.Failed(errors.PasswordHoldsName()) : IdentityResult.Success);
    }
}
