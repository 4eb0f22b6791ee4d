using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using TcCrm;
using TcCrm.Tests.Modules;

[assembly: Module(Id = TestModule.Id, Name = "Test module", Category = "Tests")]
[assembly: Feature(TestModule.Extra, Name = "Extra", Dependencies = [TestModule.Id])]

namespace TcCrm.Tests.Modules;

/// <summary>A module that brings one of each thing that a module may bring; <see cref="TestHost.StartAsync"/> installs it when asked.</summary>
public sealed class TestModule : StartupBase
{
    public const string Id = "TcCrm.Tests";
    public const string Extra = "TcCrm.Tests.Extra";

    public override void Contribute(Contributions contributions) => contributions
        .Add(new MenuItem("Tests", "Test entry", "file", "~/test", null))
        .Add(new Permission("TestPermission", "Test permission"))
        .Add(new Slot("customers.customer", "side", "Test panel", "Test"))
        .Add<IReaction, TestReaction>()
        .Add<IRecordRule, TestRule>();

    public override void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/test", () => "here").AllowAnonymous();
}

/// <summary>Counts only where the extra feature and the customers are on.</summary>
[Feature(TestModule.Extra), RequireFeatures("TcCrm.Customers")]
public sealed class ExtraStartup : StartupBase
{
    public override void Contribute(Contributions contributions) => contributions.Add(new Permission("ExtraPermission", "Extra permission"));
}

public sealed class TestReaction(Platform.Tenants.TenantContext tenant) : IReaction
{
    public static readonly System.Collections.Concurrent.ConcurrentQueue<(string Tenant, RecordEvent Happened)> Seen = new();
    static int _failuresLeft;

    public static bool HasFailedEnough => Volatile.Read(ref _failuresLeft) < 0;

    public string On => "customers.customer.Created";

    /// <summary>The next run fails, the one after it succeeds.</summary>
    public static void FailOnce() => Interlocked.Exchange(ref _failuresLeft, 1);

    public Task RunAsync(RecordEvent happened, CancellationToken cancel)
    {
        if (Interlocked.Decrement(ref _failuresLeft) >= 0) throw new InvalidOperationException("The other side does not answer.");
        Seen.Enqueue((tenant.Snapshot.Tenant.Name, happened));
        return Task.CompletedTask;
    }
}

public sealed class TestRule : IRecordRule
{
    public string RecordType => "customers.customer";

    public ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel)
    {
        if (((global::TcCrm.Customers.Customer)record).Name == "refused by a rule") problems.Add(new("Name", "Fill in this field."));
        return ValueTask.CompletedTask;
    }
}
