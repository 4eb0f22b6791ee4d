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
        .Add<IReaction, Contents.HearContent>()
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
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> FailuresLeft = new();

    public string On => "customers.customer.Created";

    /// <summary>The next run in the tenant fails, the one after it succeeds.</summary>
    public static void FailOnce(string tenant) => FailuresLeft[tenant] = 1;

    public static bool HasFailed(string tenant) => FailuresLeft[tenant] < 0;

    public Task RunAsync(RecordEvent happened, CancellationToken cancel)
    {
        var name = tenant.Snapshot.Tenant.Name;
        if (FailuresLeft.AddOrUpdate(name, -1, (_, left) => left - 1) >= 0) throw new InvalidOperationException("The other side does not answer.");
        Seen.Enqueue((name, happened));
        return Task.CompletedTask;
    }
}

public sealed class TestRule : IRecordRule
{
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource> Held = new();

    public string RecordType => "customers.customer";

    /// <summary>Saving a customer of this name waits until the answer is disposed.</summary>
    public static IDisposable Hold(string name)
    {
        Held[name] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Holding(name);
    }

    public async ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel)
    {
        var name = ((global::TcCrm.Customers.Customer)record).Name;
        if (name == "refused by a rule") problems.Add(new("Name", "Fill in this field."));
        if (Held.TryGetValue(name, out var held)) await held.Task.WaitAsync(cancel);
    }

    sealed class Holding(string name) : IDisposable
    {
        public void Dispose()
        {
            if (Held.TryRemove(name, out var held)) held.SetResult();
        }
    }
}
