using System.Globalization;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Mail;

/// <summary>Texts in the language of somebody who is not the one asking: mails, above all.</summary>
static class InLanguage
{
    public static T Of<T>(string language, Func<T> words)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = TextCatalog.Languages.FirstOrDefault(l => language.StartsWith(l.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase)) ?? TextCatalog.Languages[0];
            return words();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
