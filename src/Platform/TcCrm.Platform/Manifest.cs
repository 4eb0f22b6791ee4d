using TcCrm;

[assembly: Feature(TcCrm.Platform.Organisation.OrganisationStartup.Id,
    Name = "Organisation",
    Description = "Units from head office to store, departments, positions, staff, and who works where.",
    Category = "Platform",
    IsAlwaysEnabled = true)]
