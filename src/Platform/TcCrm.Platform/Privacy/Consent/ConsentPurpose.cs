using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Privacy.Consent;

/// <summary>Grounds on which personal data may be used: 个人信息保护法, article 13. Stored by number: add at the end.</summary>
public enum LegalGround { Consent, Contract, LegalDuty, PublicHealth, PublicInterest, PublishedByThemselves }

/// <summary>What personal data is used for, and what people are told about it.</summary>
[Record("privacy.purpose", Icon = "shield-check"), Feature(PrivacyStartup.Id)]
public sealed class ConsentPurpose : Record
{
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    /// <summary>By which programs ask for it.</summary>
    [Required, StringLength(60), Unique, Search] public string Code { get; set; } = "";
    public LegalGround Ground { get; set; } = LegalGround.Consent;
    /// <summary>What people are shown before they agree.</summary>
    [Required, LongText] public string Wording { get; set; } = "";
    [Required, StringLength(20)] public string WordingVersion { get; set; } = "1";
    /// <summary>What was agreed to under an earlier wording no longer counts.</summary>
    public bool AsksAgain { get; set; }
    public bool IsInUse { get; set; } = true;
}

public sealed class ConsentPurposeScreens : RecordScreens<ConsentPurpose>
{
    public ConsentPurposeScreens()
    {
        Columns(p => p.Name, p => p.Code, p => p.Ground, p => p.WordingVersion, p => p.IsInUse);
        Section("Purpose", p => p.Name, p => p.Code, p => p.Ground, p => p.IsInUse);
        Section("What people are told", p => p.Wording, p => p.WordingVersion, p => p.AsksAgain);
    }
}
