using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Jobs;
using TcCrm.Ui;
using JobState = TcCrm.Ui.JobState;

namespace TcCrm.Platform.Pages.Types;

/// <summary>How far the records of a type have come in following its definition.</summary>
static class TypeProgress
{
    public static async Task<JobProgress?> OfAsync(CrmDbContext db, string type, int no, IText text, CancellationToken cancel)
    {
        var arguments = System.Text.Json.JsonSerializer.Serialize(new ChangeValues.Arguments(no), System.Text.Json.JsonSerializerOptions.Web);
        if (await db.Set<Job>().AsNoTracking().Where(j => j.Kind == ChangeValues.Name && j.Arguments == arguments).OrderByDescending(j => j.Id).FirstOrDefaultAsync(cancel) is not { IsOver: false } job) return null;
        return new("ty-job", text["Records are following the change"], job.State == Jobs.JobState.Running ? JobState.Running : JobState.Waiting, $"~/types/{type}")
        {
            Percent = job.Total > 0 ? (int)(100L * job.Done / job.Total) : null,
            Detail = job.Total > 0 ? text["{0:N0} of {1:N0} records", job.Done, job.Total] : null,
        };
    }
}
