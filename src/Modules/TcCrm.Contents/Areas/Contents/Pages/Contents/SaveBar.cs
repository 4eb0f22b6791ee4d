namespace TcCrm.Contents.Pages;

/// <summary>The buttons below a form.</summary>
public sealed record SaveBar(string CancelHref, bool MayPublish, bool HasDrafts)
{
    /// <summary>Of one form: a taxonomy of a few thousand terms.</summary>
    public const int MostValues = 20_000;
    /// <summary>What the Enter key does, whichever buttons stand above these.</summary>
    public string Usual => HasDrafts || !MayPublish ? "draft" : "publish";
}
