using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes;

/// <summary>One pass over the steps of a recipe, checking or running, in a scope of the planned tenant.</summary>
sealed class RecipeRun
{
    readonly RecipeSet _recipe;
    readonly Dictionary<string, IRecipeStep> _steps = new(StringComparer.OrdinalIgnoreCase);
    readonly List<RecipeProblem> _problems = [];
    readonly RecipePlan _plan = new();
    readonly List<Action> _onCommit = [];
    readonly List<Action> _onRollback = [];

    public RecipeRun(RecipeSet recipe, IServiceProvider scope)
    {
        _recipe = recipe;
        foreach (var step in scope.GetRequiredService<ITenantCatalogue>().Of<IRecipeStep>()) _steps.TryAdd(step.Name, step);
    }

    public IReadOnlyList<RecipeProblem> Problems => _problems;
    public bool HasErrors => _problems.Exists(p => !p.IsWarning);
    public IEnumerable<PlannedStep> Ran => _recipe.Steps.Where(s => _steps.ContainsKey(s.Entry.Name));
    /// <summary>Known steps of Orchard Core that nothing here runs.</summary>
    public IEnumerable<PlannedStep> Kept => _recipe.Steps.Where(s => !_steps.ContainsKey(s.Entry.Name) && KnownOrchardSteps.Contains(s.Entry.Name));

    public async Task CheckAsync(CancellationToken cancel)
    {
        foreach (var planned in _recipe.Steps)
        {
            if (_steps.TryGetValue(planned.Entry.Name, out var step)) await step.CheckAsync(ContextOf(planned), cancel);
            else ReportUnknown(planned);
        }
    }

    /// <summary>Stops at the first step that reports an error.</summary>
    public async Task RunAsync(Action<string> before, Func<Task> afterEach, CancellationToken cancel)
    {
        foreach (var planned in _recipe.Steps)
        {
            if (!_steps.TryGetValue(planned.Entry.Name, out var step)) continue;
            var context = ContextOf(planned);
            before(planned.Entry.Name);
            try
            {
                await step.RunAsync(context, cancel);
                if (!HasErrors) await afterEach();
            }
            catch (BusinessRuleException refused)
            {
                context.Problem(refused.Field ?? "", refused.Key, [.. refused.Args]);
            }
            catch (RecordRejectedException rejected)
            {
                foreach (var (_, problem) in rejected.Problems) context.Problem("", problem.Key, problem.Args);
            }
            if (HasErrors) return;
        }
    }

    public void Committed() => _onCommit.ForEach(action => action());

    public void RolledBack() => _onRollback.ForEach(action => action());

    void ReportUnknown(PlannedStep step)
    {
        var context = ContextOf(step);
        if (KnownOrchardSteps.Contains(step.Entry.Name)) context.Warn("", "The step '{0}' of Orchard Core is not run here yet; it is kept for export.", step.Entry.Name);
        else if (step.Entry.IsOptional) context.Warn("", "The step '{0}' is not known here; it is optional and left out.", step.Entry.Name);
        else context.Problem("", "The step '{0}' is not known here. Switch on the feature that brings it, or mark the step as \"optional\": true.", step.Entry.Name);
    }

    RecipeStepContext ContextOf(PlannedStep step) => new()
    {
        Content = step.Entry,
        Path = step.Entry.Path,
        Plan = _plan,
        Files = step.File.Files,
        LineOf = step.File.LineOf,
        Report = problem => _problems.Add(problem with { Recipe = step.File.Source }),
        OnCommit = _onCommit.Add,
        OnRollback = _onRollback.Add,
    };
}
