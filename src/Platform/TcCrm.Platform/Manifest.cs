using TcCrm;

[assembly: Feature(TcCrm.Platform.Organisation.OrganisationStartup.Id,
    Name = "Organisation",
    Description = "Units from head office to store, departments, positions, staff, and who works where.",
    Category = "Platform",
    IsAlwaysEnabled = true)]
[assembly: Feature(TcCrm.Platform.Definitions.TenantTypes.Feature,
    Name = "Record types",
    Description = "Types of records and fields that the company makes itself.",
    Category = "Platform",
    IsAlwaysEnabled = true)]
[assembly: Feature(TcCrm.Platform.Privacy.PrivacyStartup.Id,
    Name = "Personal data",
    Description = "Erasing a person everywhere, their data on request, consent, and how long records are kept.",
    Category = "Platform",
    IsAlwaysEnabled = true)]

[assembly: Feature(TcCrm.Platform.Identity.OpenId.OpenIdServerStartup.Id,
    Name = "OpenID Connect provider",
    Description = "Other applications sign users in with their account here, and work through the API with tokens.",
    Category = "Security")]
[assembly: Feature(TcCrm.Platform.Identity.OpenId.OpenIdClientStartup.Id,
    Name = "Single sign-on",
    Description = "Users sign in with an account that they have elsewhere, by OpenID Connect.",
    Category = "Security")]
