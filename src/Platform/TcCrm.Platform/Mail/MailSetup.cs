using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Platform.Mail;

static class MailSetup
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MailSignal>().AddSingleton<Postman>().AddHostedService(sp => sp.GetRequiredService<Postman>());
        services.AddScoped<MailQueue>().AddScoped<MailSettings>();
    }
}
