namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What an administrator says about a provider.</summary>
public sealed class ProviderForm
{
    const int LongestName = 100;
    const int LongestText = 300;

    public string? Name { get; set; }
    public string? Authority { get; set; }
    public string? ClientId { get; set; }
    /// <summary>Empty leaves the one that is there.</summary>
    public string? ClientSecret { get; set; }
    public string? Scopes { get; set; } = "openid profile email";
    public UnknownPersons UnknownPersons { get; set; }
    public bool TrustsMail { get; set; }
    public string? SecondFactorProofs { get; set; }
    /// <summary>For those whom the provider brings in for the first time.</summary>
    public List<Guid> NewRoles { get; set; } = [];
    public List<ClaimRole> Mappings { get; set; } = [];

    /// <summary>Rows that were filled in; one without a role is taken away.</summary>
    public IEnumerable<ClaimRole> Kept => Mappings.Where(m => m.RoleId is not null);

    public IEnumerable<RecordProblem> Problems(bool allowsHttp)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName) yield return new("Form.Name", "Give the provider a name of at most {0} characters.", LongestName);
        if (!IsAuthority(Authority?.Trim(), allowsHttp)) yield return new("Form.Authority", "The provider's address begins with https:// and has no part behind ? or #.");
        if (string.IsNullOrWhiteSpace(ClientId) || ClientId.Length > LongestText) yield return new("Form.ClientId", "The provider has given you an id for this company; type it here.");
        if (!Words(Scopes).Contains("openid")) yield return new("Form.Scopes", "The scopes contain at least openid.");
        if (Kept.Any(m => string.IsNullOrWhiteSpace(m.Claim) || string.IsNullOrWhiteSpace(m.Value) || m.Claim.Length > LongestName || m.Value.Length > LongestText))
            yield return new("Form.Mappings", "For each role name the claim and the value that give it.");
        if (UnknownPersons == UnknownPersons.Create && !Words(Scopes).Contains("profile")) yield return new("Form.Scopes", "To create users, the scopes also contain profile.");
    }

    public void CopyTo(SignInProvider provider)
    {
        (provider.Name, provider.Authority, provider.ClientId) = (Name!.Trim(), Authority!.Trim().TrimEnd('/'), ClientId!.Trim());
        (provider.Scopes, provider.SecondFactorProofs) = (string.Join(' ', Words(Scopes)), string.Join(' ', Words(SecondFactorProofs)));
        (provider.UnknownPersons, provider.TrustsMail) = (UnknownPersons, TrustsMail);
    }

    public static string[] Words(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    static bool IsAuthority(string? address, bool allowsHttp) =>
        address is { Length: <= 500 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (allowsHttp && uri.Scheme == "http"))
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;
}

/// <summary>A value of a claim and the role that it gives.</summary>
public sealed class ClaimRole
{
    public string? Claim { get; set; }
    public string? Value { get; set; }
    public Guid? RoleId { get; set; }
}
