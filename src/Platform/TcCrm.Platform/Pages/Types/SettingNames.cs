namespace TcCrm.Platform.Pages.Types;

/// <summary>At which setting of a field a problem stands that the rules of definitions name by the field.</summary>
static class SettingNames
{
    static readonly Dictionary<string, string> ByKey = new(StringComparer.Ordinal)
    {
        ["There is a field '{0}' already."] = nameof(FieldSettings.Name),
        ["The name of a field has Latin letters and digits and begins with a letter; 60 at most."] = nameof(FieldSettings.Name),
        ["A number has 0 to 8 places behind the point."] = nameof(FieldSettings.Scale),
        ["The places behind the point cannot be changed while there are values."] = nameof(FieldSettings.Scale),
        ["The smallest value is greater than the largest."] = nameof(FieldSettings.Min),
        ["A text of one line has 1 to {0} characters."] = nameof(FieldSettings.MaxLength),
        ["This is not a pattern that can be checked."] = nameof(FieldSettings.Pattern),
        ["Choose the type that the field points to."] = nameof(FieldSettings.LookupType),
        ["A new record cannot begin with '{0}'."] = nameof(FieldSettings.Default),
        ["Name at least one choice."] = nameof(FieldSettings.Options),
        ["The choice '{0}' is there twice."] = nameof(FieldSettings.Options),
    };

    /// <summary>The label of the field where no setting is known.</summary>
    public static string Of(string key) => ByKey.GetValueOrDefault(key, nameof(FieldSettings.Chinese));
}
