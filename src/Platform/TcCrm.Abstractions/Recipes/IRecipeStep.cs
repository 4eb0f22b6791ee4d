namespace TcCrm;

/// <summary>One kind of recipe step, contributed by a feature. Checks and runs in scopes of their own: nothing is kept between the two.</summary>
public interface IRecipeStep : IContribution
{
    /// <summary>The value of the step's <c>name</c> key; matched without regard to case.</summary>
    string Name { get; }
    /// <summary>Reports everything that is wrong with the step. Changes nothing.</summary>
    Task CheckAsync(RecipeStepContext step, CancellationToken cancel);
    /// <summary>Runs inside the recipe's transaction, after every step was checked. Running it again must change nothing more.</summary>
    Task RunAsync(RecipeStepContext step, CancellationToken cancel);
}
