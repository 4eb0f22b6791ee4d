namespace TcCrm.Platform.Modules.ThirdParty;

/// <summary>A module of the modules folder that this host runs without, and why.</summary>
public sealed record ModuleTrouble(string Module, BusinessRuleException Reason);
