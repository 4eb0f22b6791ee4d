using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Contents.Api;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Editing;
using TcCrm.Contents.Items;
using TcCrm.Contents.Menus;
using TcCrm.Contents.Recipes;
using TcCrm.Platform.Api;
using TcCrm.Platform.Jobs;

namespace TcCrm.Contents;

public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.Configure<RouteOptions>(o => o.SetParameterPolicy<ContentRouteConstraint>("content")).AddScoped<ContentAccess>().AddScoped<ContentStore>().AddScoped<ContentLists>().AddScoped<ContentDefinitions>().AddScoped<ContentImport>().AddScoped<ContentChoices>().AddScoped<ContentForms>();

    public override void Contribute(Contributions contributions)
    {
        foreach (var permission in ContentPermissions.All) contributions.Add(permission);
        contributions
            .Add(new MenuItem("Content", "Content items", "file-text", "~/contents", ContentPermissions.ListContent, Order: 700))
            .Add<IRecipeStep, ContentDefinitionStep>()
            .Add<IRecipeStep, ReplaceContentDefinitionStep>()
            .Add<IRecipeStep, DeleteContentDefinitionStep>()
            .Add<IRecipeStep, ContentStep>()
            .Add<IRecipeStep, AdminMenuStep>()
            .Add<IRecipeExport, AdminMenuExport>()
            .Add<IMenuSource, AdminMenus>()
            .Add<IJobHandler, PublishLater>()
            .Add<IRecipeExport, ContentExport>()
            .Add<IApiDescription, ContentApiDescription>();
    }

    public override void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapContentApi();
}
