using Microsoft.AspNetCore.Identity;

namespace TcCrm.Platform.Identity;

/// <summary>What Identity refuses, in the user's language and with what to do.</summary>
public sealed class CrmIdentityErrors(IText text) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Error(nameof(DefaultError), "This could not be saved. Try again.");
    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "Somebody else has changed this in the meantime. Load the page again.");
    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "The present password is wrong.");
    public override IdentityError InvalidToken() => Error(nameof(InvalidToken), "This link has been used or has expired. Ask for a new one.");
    public IdentityError InvalidInvitation() => Error(nameof(InvalidInvitation), "This invitation has been used or has expired. Ask your administrator for a new one.");
    public override IdentityError RecoveryCodeRedemptionFailed() => Error(nameof(RecoveryCodeRedemptionFailed), "This code is not valid.");
    public override IdentityError LoginAlreadyAssociated() => Error(nameof(LoginAlreadyAssociated), "This sign-in belongs to a user already.");
    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), "This user name cannot be used.");
    public override IdentityError InvalidEmail(string? email) => Error(nameof(InvalidEmail), "This is not a mail address.");
    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), "There is a user '{0}' already.", userName);
    public override IdentityError DuplicateEmail(string email) => Error(nameof(DuplicateEmail), "Another user has this mail address.");
    public override IdentityError InvalidRoleName(string? role) => Error(nameof(InvalidRoleName), "This name cannot be used for a role.");
    public override IdentityError DuplicateRoleName(string role) => Error(nameof(DuplicateRoleName), "There is a role '{0}' already.", role);
    public override IdentityError UserAlreadyHasPassword() => Error(nameof(UserAlreadyHasPassword), "The user has a password already.");
    public override IdentityError UserLockoutNotEnabled() => Error(nameof(UserLockoutNotEnabled), "This user cannot be locked.");
    public override IdentityError UserAlreadyInRole(string role) => Error(nameof(UserAlreadyInRole), "The user has the role '{0}' already.", role);
    public override IdentityError UserNotInRole(string role) => Error(nameof(UserNotInRole), "The user does not have the role '{0}'.", role);
    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), "Use at least {0} characters. Several words are easy to remember.", length);
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Error(nameof(PasswordRequiresUniqueChars), "Use at least {0} different characters.", uniqueChars);
    public override IdentityError PasswordRequiresNonAlphanumeric() => Error(nameof(PasswordRequiresNonAlphanumeric), "Add a character that is neither a letter nor a digit.");
    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit), "Add a digit.");
    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower), "Add a small letter.");
    public override IdentityError PasswordRequiresUpper() => Error(nameof(PasswordRequiresUpper), "Add a capital letter.");
    public IdentityError PasswordIsCommon() => Error(nameof(PasswordIsCommon), "This password is among the first that strangers would try. Take several words that do not belong together.");
    public IdentityError PasswordHoldsName() => Error(nameof(PasswordHoldsName), "The password must not contain the user name.");

    IdentityError Error(string code, string key, params object?[] args) => new() { Code = code, Description = text[key, args] };
}

static class IdentityProblems
{
    /// <summary>The refusals as problems at the field that each is about; the texts are translated already.</summary>
    public static IReadOnlyList<RecordProblem> Problems(this IdentityResult result) => [.. result.Errors.Select(e => new RecordProblem(FieldOf(e.Code), e.Description))];

    static string FieldOf(string code) =>
        code is nameof(IdentityErrorDescriber.PasswordMismatch) ? "Present"
        : code.Contains("Password", StringComparison.Ordinal) ? "Password"
        : code.Contains("UserName", StringComparison.Ordinal) ? "UserName"
        : code.Contains("Email", StringComparison.Ordinal) ? "Email"
        : code.Contains("RoleName", StringComparison.Ordinal) ? "Name" : "";
}
