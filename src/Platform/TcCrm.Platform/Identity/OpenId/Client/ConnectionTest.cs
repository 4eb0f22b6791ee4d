using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TcCrm.Platform.Identity.OpenId;

public enum FindingTone { Good, Remark, Wrong }

/// <summary>One thing that was looked at, in the user's language.</summary>
public sealed record Finding(FindingTone Tone, string Text);

/// <summary>Asks a provider for its settings as a sign-in would, and says what is wrong with them.</summary>
public sealed class ConnectionTest(ProviderHttp http, ProviderSecrets secrets, IText text)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(SignInProvider provider, CancellationToken cancel)
    {
        try
        {
            var address = provider.Authority + "/.well-known/openid-configuration";
            var (json, refusal) = await ReadAsync(address, cancel);
            if (refusal is not null) return [Wrong(refusal)];
            var configuration = new OpenIdConnectConfiguration(json);
            var findings = Settings(provider, configuration).ToList();
            if (findings.Any(f => f.Tone == FindingTone.Wrong)) return findings;
            findings.Add(await KeysAsync(configuration, cancel));
            findings.Add(await SecretAsync(provider, configuration, cancel));
            return findings;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException or JsonException or ArgumentException && !cancel.IsCancellationRequested)
        {
            return [Wrong(ReasonOf(failure, provider))];
        }
    }

    async Task<(string Text, string? Refusal)> ReadAsync(string address, CancellationToken cancel)
    {
        using var answer = await http.Client.GetAsync(address, cancel);
        var body = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode) return (body, text["{0} answers {1}. Is the address the issuer of the provider?", address, (int)answer.StatusCode]);
        return body.AsSpan().TrimStart() is ['{', ..] ? (body, null) : (body, text["{0} is a page and not the settings of a provider.", address]);
    }

    IEnumerable<Finding> Settings(SignInProvider provider, OpenIdConnectConfiguration found)
    {
        if (found.Issuer?.TrimEnd('/') == provider.Authority) yield return Good(text["The provider answers and names itself {0}.", found.Issuer]);
        else yield return Wrong(text["The provider names itself '{0}' and not '{1}'. Use its own name as the address.", found.Issuer ?? "", provider.Authority]);
        if (string.IsNullOrEmpty(found.AuthorizationEndpoint)) yield return Wrong(text["It names no address to sign in at ({0}).", "authorization_endpoint"]);
        if (string.IsNullOrEmpty(found.TokenEndpoint)) yield return Wrong(text["It names no address to redeem codes at ({0}).", "token_endpoint"]);
        if (string.IsNullOrEmpty(found.JwksUri)) yield return Wrong(text["It names no address of its keys ({0}).", "jwks_uri"]);
        if (found.ResponseTypesSupported.Count > 0 && !found.ResponseTypesSupported.Contains("code")) yield return Wrong(text["It does not offer the authorization code flow."]);
        if (found.CodeChallengeMethodsSupported.Count > 0 && !found.CodeChallengeMethodsSupported.Contains("S256")) yield return new(FindingTone.Remark, text["It does not say that it takes proof keys (PKCE with S256)."]);
        var missing = found.ScopesSupported.Count == 0 ? [] : ProviderForm.Words(provider.Scopes).Except(found.ScopesSupported).ToList();
        if (missing.Count > 0) yield return new(FindingTone.Remark, text["It does not list these scopes: {0}.", string.Join(", ", missing)]);
        if (string.IsNullOrEmpty(found.EndSessionEndpoint)) yield return new(FindingTone.Remark, text["It offers no sign-out; signing out here leaves users signed in there."]);
    }

    async Task<Finding> KeysAsync(OpenIdConnectConfiguration found, CancellationToken cancel)
    {
        var (json, refusal) = await ReadAsync(found.JwksUri, cancel);
        if (refusal is not null) return Wrong(refusal);
        return new Microsoft.IdentityModel.Tokens.JsonWebKeySet(json).GetSigningKeys().Count is > 0 and var keys ? Good(text["It has {0} keys to check its tokens by.", keys]) : Wrong(text["It has no keys by which its tokens could be checked."]);
    }

    /// <summary>Redeems a code that nobody has: whoever does not know us says so before looking at the code.</summary>
    async Task<Finding> SecretAsync(SignInProvider provider, OpenIdConnectConfiguration found, CancellationToken cancel)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = "connection-test", ["code_verifier"] = new('x', 43), ["client_id"] = provider.ClientId, ["redirect_uri"] = provider.Authority };
        if (secrets.Read(provider.ClientSecret) is { } secret) fields["client_secret"] = secret;
        else if (provider.ClientSecret is not null) return Wrong(text["The secret can no longer be read, since the keys of this company are new. Type it once more."]);
        using var answer = await http.Client.PostAsync(found.TokenEndpoint, new FormUrlEncodedContent(fields), cancel);
        var body = await answer.Content.ReadAsStringAsync(cancel);
        var error = body.AsSpan().TrimStart() is ['{', ..] && JsonDocument.Parse(body).RootElement.TryGetProperty("error", out var said) ? said.ToString() : "";
        return error switch
        {
            "invalid_client" or "unauthorized_client" => Wrong(text["It does not accept the client id or the secret."]),
            "invalid_grant" => Good(text["It accepts the client id and the secret."]),
            _ => new(FindingTone.Remark, text["Whether it accepts client id and secret will show at the first sign-in."]),
        };
    }

    string ReasonOf(Exception failure, SignInProvider provider)
    {
        var host = new Uri(provider.Authority).Host;
        return Chain(failure).FirstOrDefault(e => e is PrivateAddressException or SocketException or AuthenticationException or JsonException) switch
        {
            PrivateAddressException => text["{0} lies inside the network of this server. Whoever runs it can allow that (TcCrm:OpenId:AllowPrivateAddresses).", host],
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => text["There is no host called {0}.", host],
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => text["{0} takes no connections at this port.", host],
            AuthenticationException => text["The certificate of {0} is not valid.", host],
            JsonException => text["The settings of the provider cannot be read."],
            _ => failure is ArgumentException ? text["The settings of the provider cannot be read."] : text["{0} does not answer.", host],
        };
    }

    static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException) yield return failure;
    }

    static Finding Good(string said) => new(FindingTone.Good, said);

    static Finding Wrong(string said) => new(FindingTone.Wrong, said);
}
