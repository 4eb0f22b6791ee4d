using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>Signs somebody out where they have come from, after they were signed out here.</summary>
public interface ISignOutElsewhere : IContribution
{
    /// <summary>True when it has answered the request.</summary>
    Task<bool> LeaveAsync(HttpContext http);
}
