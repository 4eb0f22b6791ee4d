using Microsoft.Extensions.Configuration;
using TcCrm.Platform.Fields.Checks;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Tenants;

/// <summary>Sets tenants up from what somebody typed: in the browser, on the command line or in the configuration.</summary>
public sealed class SetUpTenants(TenantSetup setup, TenantFilling filling, TenantRegistry registry, RecipeCatalogue recipes, PlannedTenant planner, IConfiguration configuration)
{
    /// <summary>What can be told wrong before anything is built. Passwords are checked by the rules of the tenant itself, inside.</summary>
    public IReadOnlyList<RecordProblem> Check(TenantWish wish)
    {
        var problems = new List<RecordProblem>();
        CheckName(wish, problems);
        if (wish.Title?.Length > 200) problems.Add(new(nameof(wish.Title), "This is too long: {0} characters at most.", 200));
        if (TextCatalog.Languages.All(l => l.Name != wish.Language)) problems.Add(new(nameof(wish.Language), "There is no language '{0}'. Use zh-CN or en.", wish.Language));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(wish.Zone, out _)) problems.Add(new(nameof(wish.Zone), "There is no time zone '{0}'. An example: Asia/Shanghai.", wish.Zone));
        if (!wish.IsDefault && recipes.FindOrOpen(wish.Recipe) is null) problems.Add(new(nameof(wish.Recipe), "There is no recipe '{0}'.", wish.Recipe));
        CheckUser(wish.Administrator, problems);
        return problems;
    }

    /// <summary>All of them or none.</summary>
    /// <exception cref="SetupRefusedException">Something is wrong with what was asked for.</exception>
    public async Task RunAsync(IReadOnlyList<TenantWish> wishes, Action<SetupStep>? progress, CancellationToken cancel)
    {
        foreach (var wish in wishes)
            if (Check(wish) is { Count: > 0 } problems) throw new SetupRefusedException(problems) { Tenant = wish.Name };
        try
        {
            await setup.CreateAllAsync([.. wishes.Select(w => NewTenantOf(w, progress))], cancel);
        }
        catch (RecipeRefusedException refused)
        {
            throw new SetupRefusedException([.. refused.Report.Problems.Where(p => !p.IsWarning).Select(p => new RecordProblem(nameof(TenantWish.Recipe), p.Key, p.Args))]);
        }
        catch (BusinessRuleException refused)
        {
            throw new SetupRefusedException([new(refused.Field ?? "", refused.Key, [.. refused.Args])]);
        }
    }

    void CheckName(TenantWish wish, List<RecordProblem> problems)
    {
        if (!Tenant.IsValidName(wish.Name)) problems.Add(new(nameof(wish.Name), "A tenant's name is made of a-z, 0-9 and '-', begins with a letter and has 40 characters at most."));
        else if (registry.Find(wish.Name) is { State: not TenantState.Initializing }) problems.Add(new(nameof(wish.Name), "There is a tenant '{0}' already.", wish.Name));
    }

    static void CheckUser(FirstUser user, List<RecordProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(user.UserName) || user.UserName.Length > 100) problems.Add(new(nameof(user.UserName), "Type a name of 1 to {0} characters.", 100));
        if (user.DisplayName?.Length > 100) problems.Add(new(nameof(user.DisplayName), "This is too long: {0} characters at most.", 100));
        if (!string.IsNullOrEmpty(user.Email) && Emails.TryNormalise(user.Email) is null) problems.Add(new(nameof(user.Email), "This is not an e-mail address."));
        if (string.IsNullOrEmpty(user.Password)) problems.Add(new(nameof(user.Password), "Fill in this field."));
    }

    NewTenant NewTenantOf(TenantWish wish, Action<SetupStep>? progress)
    {
        var title = string.IsNullOrWhiteSpace(wish.Title) ? wish.Name : wish.Title.Trim();
        var recipe = wish.IsDefault ? null : recipes.FindOrOpen(wish.Recipe)!;
        return new(wish.Name, title, recipe?.Header.Name, FeaturesOf(wish, recipe), (inside, cancel) => filling.RunAsync(inside, wish, title, progress, cancel)) { Host = wish.Host, Progress = progress };
    }

    /// <summary>All that the recipe will switch on, so that every table is there before its first step.</summary>
    string[] FeaturesOf(TenantWish wish, RecipeFile? recipe)
    {
        if (recipe is null) return [Hosting.PlatformSetup.StaffTheme];
        var set = RecipeSet.Load(recipe, recipes, RecipeValues.ForCheck(configuration));
        return [.. planner.After(set, SnapshotCache.Bare(new(wish.Name, "", TenantState.Initializing))).Features];
    }
}
