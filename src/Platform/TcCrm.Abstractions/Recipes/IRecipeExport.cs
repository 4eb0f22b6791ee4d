using System.Text.Json.Nodes;

namespace TcCrm;

/// <summary>
/// Writes parts of the current tenant as steps of a recipe, so that another tenant can be made like it. What is secret is never written:
/// no password, key or token, neither plain nor hashed.
/// </summary>
public interface IRecipeExport : IContribution
{
    /// <summary>What the current user can have written.</summary>
    IEnumerable<RecipePart> Parts { get; }
    /// <param name="all">Everything that is written into the same recipe.</param>
    IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, CancellationToken cancel);
}

/// <summary>Something that can be chosen to be written, such as <c>Roles</c> or <c>records:customers.customer</c>.</summary>
/// <param name="Label">Text key.</param>
/// <param name="Order">Where it runs among the others.</param>
/// <param name="IsData">The company's own data: written only when somebody asks for it.</param>
public sealed record RecipePart(string Id, string Label, int Order, bool IsData = false);
