using System.Globalization;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>What somebody types to have a company set up. Passwords are never sent back.</summary>
public sealed class TenantForm
{
    public string? Title { get; set; }
    public string? Name { get; set; }
    public string Language { get; set; } = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";
    public string Zone { get; set; } = "Asia/Shanghai";
    /// <summary>Name of a recipe of the product; empty for a file.</summary>
    public string? Recipe { get; set; }
    public IFormFile? Brought { get; set; }
    /// <summary>By which a file that was brought before is found.</summary>
    public string? Kept { get; set; }
    public string? File { get; internal set; }
    public string? DisplayName { get; set; }
    public string? Email { get; set; }
    public string? Password { get; set; }
    public string? Repeat { get; set; }
    public bool WithDemoData { get; set; }
    /// <summary>Only in the first set-up; empty: the company's administrator looks after the host as well.</summary>
    public string? HostEmail { get; set; }
    public string? HostPassword { get; set; }

    public TenantForm WithoutPasswords()
    {
        var copy = (TenantForm)MemberwiseClone();
        (copy.Password, copy.Repeat, copy.HostPassword, copy.Brought) = (null, null, null, null);
        return copy;
    }

    public TenantWish Company() => new(Name?.Trim() ?? "", Recipe ?? File ?? "", Administrator()) { Title = Title, Language = Language, Zone = Zone, WithDemoData = WithDemoData };

    public TenantWish Host() => TenantWish.ForHost(HasHostUser ? new(HostEmail!.Trim(), HostPassword ?? "") { Email = HostEmail } : Administrator()) with { Language = Language, Zone = Zone };

    /// <summary>Everything wrong but the recipe, by the name of the property here.</summary>
    public IEnumerable<RecordProblem> Check(SetUpTenants setUp, bool withHost)
    {
        if (string.IsNullOrWhiteSpace(Title)) yield return new(nameof(Title), "Fill in this field.");
        if (string.IsNullOrWhiteSpace(Email)) yield return new(nameof(Email), "Fill in this field.");
        if (Password != Repeat) yield return new(nameof(Repeat), "The two passwords differ.");
        foreach (var problem in setUp.Check(Company()).Where(p => p.Field != nameof(Recipe))) yield return OfForm(problem, ofHost: false);
        if (!withHost || !HasHostUser) yield break;
        foreach (var problem in setUp.Check(Host())) yield return OfForm(problem, ofHost: true);
    }

    /// <summary>People sign in with their address, so a problem with the user's name is one of the address.</summary>
    public RecordProblem OfForm(RecordProblem problem, bool ofHost)
    {
        var field = problem.Field == nameof(FirstUser.UserName) ? nameof(Email) : problem.Field;
        return problem with { Field = ofHost && HasHostUser ? "Host" + field : field };
    }

    bool HasHostUser => !string.IsNullOrWhiteSpace(HostEmail);

    FirstUser Administrator() => new(Email?.Trim() ?? "", Password ?? "") { DisplayName = DisplayName, Email = Email };
}
