namespace TcCrm.Platform.Identity;

/// <summary>How the second step of a sign-in has ended.</summary>
/// <param name="TriesLeft">0: locked for <paramref name="LockedFor"/>.</param>
public sealed record StepOutcome(CodeAnswer Answer, int TriesLeft, TimeSpan LockedFor)
{
    public string Text(IText text) => (Answer, TriesLeft) switch
    {
        (_, 0) => text["This code is wrong. Sign-in is locked; try again in {0} minutes.", (int)LockedFor.TotalMinutes],
        (CodeAnswer.Used, _) => text["This code has been used already. Wait for the next one in your app."],
        _ => text["This code is wrong. {0} tries are left, then sign-in is locked for {1} minutes.", TriesLeft, (int)LockedFor.TotalMinutes],
    };
}

/// <summary>The second step of a sign-in: the code of the app, or a recovery code. It counts and locks together with the password.</summary>
public sealed class SecondStep(SecondFactors factors, SignInTries tries)
{
    public async Task<StepOutcome> CheckAsync(CrmUser user, string code, bool isRecoveryCode, CancellationToken cancel)
    {
        var number = await tries.CountAsync(user.Id, cancel);
        var answer = number > tries.Rules.MaxFailedAccessAttempts ? CodeAnswer.Wrong
            : isRecoveryCode ? await factors.TakeRecoveryCodeAsync(user.Id, code, cancel)
            : await factors.TakeAsync(user.Id, code, cancel);
        if (answer == CodeAnswer.Right) await tries.SucceededAsync(user.Id, cancel);
        else await tries.FailedAsync(user.Id, number, "CodeRefused", cancel);
        return new(answer, Math.Max(0, tries.Rules.MaxFailedAccessAttempts - number), tries.Rules.DefaultLockoutTimeSpan);
    }
}
