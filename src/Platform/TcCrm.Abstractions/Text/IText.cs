namespace TcCrm;

/// <summary>
/// Texts in the language of the current user. The key is the English sentence itself, or an id such as
/// <c>customers.customer.Name</c> or <c>CustomerKind.Person</c>; translations stand in <c>Resources/Text.zh-CN.resx</c> of each assembly.
/// </summary>
public interface IText
{
    string this[string key] { get; }
    string this[string key, params object?[] args] { get; }
    /// <summary>Null when neither the current language nor English has the key.</summary>
    string? Find(string key);
}
