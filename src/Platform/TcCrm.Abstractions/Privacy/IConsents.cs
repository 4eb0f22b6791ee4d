namespace TcCrm;

/// <summary>Asked before data of a person is used for a purpose: a message sent, a profile made, something handed on.</summary>
public interface IConsents
{
    /// <param name="purpose">Code of the purpose, such as <c>marketing</c>.</param>
    /// <returns>
    /// False for a purpose that is not known or no longer in use. Where the ground is consent, true only while the last word of the person was yes, to a text that
    /// still counts; on other grounds (contract, duty by law) true until the person has objected.
    /// </returns>
    Task<bool> MayAsync(RecordReference person, string purpose, CancellationToken cancel);
}
