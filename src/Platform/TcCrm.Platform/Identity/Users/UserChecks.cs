using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Platform.Identity;

static class UserChecks
{
    const int LongestName = 100;

    public static List<RecordProblem> ProblemsOf(CrmUser user)
    {
        var problems = new List<RecordProblem>();
        if (user.UserName is not { Length: > 0 and <= LongestName } name || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            problems.Add(new("UserName", "A user name has 1 to {0} characters and no blanks.", LongestName) { Code = "not-valid" });
        if (user.DisplayName.Length > LongestName)
            problems.Add(new("DisplayName", "At most {0} characters.", LongestName) { Code = "too-long" });
        if (user.Email is { Length: > 0 } mail && Emails.TryNormalise(mail) is null)
            problems.Add(new("Email", "This is not a mail address.") { Code = "not-valid" });
        return problems;
    }
}
