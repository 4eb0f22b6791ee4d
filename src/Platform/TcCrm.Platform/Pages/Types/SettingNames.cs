namespace TcCrm.Platform.Pages.Types;

/// <summary>At which setting of a field a problem stands that the rules of definitions name by the field.</summary>
static class SettingNames
{
    static readonly Dictionary<string, string> ByKey = new(StringComparer.Ordinal)
    {
        ["There is a field '{0}' already."] = nameof(FieldSettings.Name),
        ["The name of a field has Latin letters and digits and begins with a letter; 60 at most."] = nameof(FieldSettings.Name),
        ["A number has 0 to 8 places behind the point."] = nameof(FieldSettings.Scale),
        ["The smallest value is greater than the largest."] = nameof(FieldSettings.Min),
        ["A text of one line has 1 to {0} characters."] = nameof(FieldSettings.MaxLength),
        ["This is not a pattern that can be checked."] = nameof(FieldSettings.Pattern),
        ["Choose the type that the field points to."] = nameof(FieldSettings.LookupType),
        ["A new record cannot begin with '{0}'."] = nameof(FieldSettings.Default),
        ["A field with a formula has no default and no number rule."] = nameof(FieldSettings.Formula),
        ["A field with a formula is neither required nor unique: nobody can type what is missing."] = nameof(FieldSettings.Formula),
        ["A formula has {0} characters at most."] = nameof(FieldSettings.Formula),
        ["A formula has {0} brackets within each other at most."] = nameof(FieldSettings.Formula),
        ["The formula cannot be read from here on: {0}"] = nameof(FieldSettings.Formula),
        ["The formula ends too early."] = nameof(FieldSettings.Formula),
        ["There is no function '{0}'. There are: {1}"] = nameof(FieldSettings.Formula),
        ["'{0}' does not go with what it is given here."] = nameof(FieldSettings.Formula),
        ["There is no field '{0}' that a formula can use."] = nameof(FieldSettings.Formula),
        ["The formula needs its own result, directly or by way of others."] = nameof(FieldSettings.Formula),
        ["The formula gives something that a field of this kind cannot hold."] = nameof(FieldSettings.Formula),
        ["Name at least one choice."] = nameof(FieldSettings.Options),
        ["The choice '{0}' is there twice."] = nameof(FieldSettings.Options),
    };

    /// <summary>The label of the field where no setting is known.</summary>
    public static string Of(string key) => ByKey.GetValueOrDefault(key, nameof(FieldSettings.Chinese));
}
