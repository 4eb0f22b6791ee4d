using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace TcCrm.Platform.Identity;

/// <summary>Tokens of mailed invitations; they last longer than those for a forgotten password, which is asked for and used at once.</summary>
public sealed class InvitationTokens(IDataProtectionProvider protection, ILogger<DataProtectorTokenProvider<CrmUser>> logger)
    : DataProtectorTokenProvider<CrmUser>(protection, Microsoft.Extensions.Options.Options.Create(new DataProtectionTokenProviderOptions { Name = Name, TokenLifespan = TimeSpan.FromDays(Days) }), logger)
{
    public new const string Name = "Invitation";
    public const int Days = 7;
}
