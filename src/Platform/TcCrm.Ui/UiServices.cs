using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;

namespace TcCrm.Ui;

public static class UiServices
{
    /// <summary>The kit. The host adds an <see cref="IShell"/> and an <see cref="IText"/>.</summary>
    public static IServiceCollection AddTcCrmUi(this IServiceCollection services)
    {
        services.TryAddSingleton<AssetMap>();
        // Chinese as it is written, not as numbers: a third of the size, and readable.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        return services;
    }
}
