namespace TcCrm.Platform.Hosting;

/// <summary>Whether the tenants that this host is started with are there, and what opens the set-up screen of a host without any.</summary>
public sealed class Entrance
{
    volatile bool _isOpen;

    public bool IsOpen => _isOpen;
    public SetupToken Token { get; } = new();

    internal void Open() => _isOpen = true;
}
