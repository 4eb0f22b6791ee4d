namespace TcCrm.Contents.Pages;

/// <summary>The buttons below a form.</summary>
public sealed record SaveBar(string CancelHref, bool MayPublish, bool HasDrafts);
