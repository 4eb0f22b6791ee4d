namespace TcCrm.Platform.Organisation;

/// <summary>From the top of the company to the counter; a unit stands below one of its own kind or of an earlier one.</summary>
public enum UnitKind { HeadOffice, Region, Office, DistributionCentre, Store }
