using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Privacy.Consent;
using TcCrm.Platform.Privacy.Copies;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Privacy.Retention;
using TcCrm.Platform.Privacy.Stores;

namespace TcCrm.Platform.Privacy;

[Feature(Id)]
public sealed class PrivacyStartup : StartupBase
{
    public const string Id = "TcCrm.Privacy";
    const string Group = "Administration";

    public override void ConfigureServices(IServiceCollection services) => services
        .AddSingleton<ErasureList>().AddSingleton<ReplayErasures>().AddHostedService<OldErasureFiles>()
        .AddScoped<People>().AddScoped<SamePeople>().AddScoped<PersonRows>().AddScoped<ErasureContext>().AddScoped<ErasePerson>().AddScoped<OverwriteErased>().AddScoped<OverwriteWatch>().AddScoped<ErasureRuns>().AddScoped<ErasurePulse>()
        .AddScoped<Consents>().AddScoped<IConsents>(services => services.GetRequiredService<Consents>()).AddScoped<PersonCopies>().AddScoped<EmptyFields>().AddScoped<ApplyRetention>()
        .AddScoped<Holds>().AddScoped<PersonDesk>().AddScoped<SaveRetentionRule>();

    public override void Contribute(Contributions contributions)
    {
        foreach (var permission in PrivacyPermissions.All) contributions.Add(permission);
        contributions
            .Add(new MenuItem(Group, "Personal data", "shield-lock", "~/privacy", PrivacyPermissions.ManageRetention, Order: 1019))
            .Add(new MenuItem(Group, "privacy.purpose.plural", "list-check", "~/privacy/purpose", Permission: null, Order: 1020));
        AddStores(contributions);
        contributions.Add<IJobHandler, MakePersonCopy>().Add<IJobHandler, ErasePersonJob>().Add<IJobHandler, OverwriteErasedNow>()
            .Add<IPeriodicJob, OverwriteErasedDaily>().Add<IPeriodicJob, RemoveOldCopies>().Add<IPeriodicJob, ApplyRetentionDaily>();
    }

    static void AddStores(Contributions contributions) => contributions
        .Add<IErasesPersonalData, MailsOfPeople>()
        .Add<IErasesPersonalData, AnswersToPrograms>()
        .Add<IErasesPersonalData, JobsAboutPeople>()
        .Add<IErasesPersonalData, ImportsOfPeople>()
        .Add<IErasesPersonalData, SavedFilters>()
        .Add<IErasesPersonalData, PersonCopies>()
        .Add<IErasesPersonalData, ConsentsOfPeople>()
        .Add<IPersonalCopy, RecordsOfPeople>()
        .Add<IPersonalCopy, ConsentsOfPeople>();
}
