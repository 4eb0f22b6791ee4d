using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TcCrm.Tests.Architecture;

/// <summary>An English sentence of the source that a user can come to see, and where it stands.</summary>
public sealed record TextKey(string Key, string Place);

/// <summary>Finds the sentences by what they are bound to: the compiler knows which parameter is a key for <see cref="IText"/>, whatever the call looks like.</summary>
public static partial class TextKeys
{
    /// <summary>Parameters that are keys although their method does not format them; <c>Type.parameter</c>, of constructors and methods alike.</summary>
    static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "IText.key", "RecordProblem.Key", "BusinessRuleException.key", "MenuItem.Group", "MenuItem.Label", "Slot.Title",
        "Permission.Description", "FormSection.Title", "RecordScreens.title",
    };

    static readonly HashSet<string> ShownByAttributes = new(StringComparer.Ordinal) { "ErrorMessage", "Name", "Description", "Category" };

    public static IEnumerable<TextKey> InSource(CSharpCompilation code) =>
        from part in code.Parts()
        from node in part.Root.DescendantNodes()
        from value in ShownBy(node, part.Model)
        from key in Constants(value, part.Model)
        where key.Any(char.IsLetter)
        select new TextKey(key, SourceCode.Place(value));

    public static IEnumerable<TextKey> InPage(SourceFile page) => Literals(page, TextOfPage());

    public static IEnumerable<TextKey> InScript(SourceFile script) => Literals(script, TextOfScript());

    /// <summary>What a recipe that ships says to people: its own name, and the names that its roles and views bring into the tenant.</summary>
    public static IEnumerable<TextKey> InRecipe(SourceFile recipe)
    {
        var json = JsonNode.Parse(recipe.Text)!;
        var steps = json["steps"]!.AsArray().OfType<JsonObject>().ToList();
        var roles = steps.SelectMany(step => step["Roles"] as JsonArray ?? []).SelectMany(role => new[] { role!["Name"], role["Description"] });
        var views = steps.SelectMany(step => step["Views"] as JsonArray ?? []).Select(view => view!["Name"]);

        return from said in roles.Concat(views).Prepend(json["displayName"]).Prepend(json["description"])
               where said is not null
               select new TextKey((string)said!, recipe.Path);
    }

    static IEnumerable<ExpressionSyntax> ShownBy(SyntaxNode node, SemanticModel model) => node switch
    {
        ArgumentSyntax argument when model.GetOperation(argument) is Microsoft.CodeAnalysis.Operations.IArgumentOperation { Parameter: { } parameter } && IsShown(parameter) => [argument.Expression],
        AttributeArgumentSyntax { NameEquals.Name.Identifier.ValueText: var name } argument when ShownByAttributes.Contains(name) && IsShownAttribute(argument, name, model) => [argument.Expression],
        MethodDeclarationSyntax { Identifier.ValueText: "Problem" } method when Extends(method, "FieldCheckAttribute", model) => Returned(method),
        PropertyDeclarationSyntax { Identifier.ValueText: "InvalidKey" } property when Extends(property, "FieldKind", model) => Returned(property),
        _ => [],
    };

    static bool IsShown(IParameterSymbol parameter)
    {
        if (parameter.Type.SpecialType != SpecialType.System_String)
            return false;
        var owner = parameter.ContainingSymbol.ContainingType;
        return Shown.Contains($"{owner.Name}.{parameter.Name}") || FormatsIt(parameter, owner);
    }

    // (…, string key, params object?[] args): the house's way to pass a sentence with its values.
    static bool FormatsIt(IParameterSymbol key, INamedTypeSymbol owner) =>
        key.Name.Equals("key", StringComparison.OrdinalIgnoreCase)
        && owner.ContainingNamespace.ToString()!.StartsWith("TcCrm", StringComparison.Ordinal)
        && key.ContainingSymbol is IMethodSymbol method && method.Parameters.Any(parameter => parameter.IsParams && parameter.Name.Equals("args", StringComparison.OrdinalIgnoreCase));

    static bool IsShownAttribute(AttributeArgumentSyntax argument, string property, SemanticModel model)
    {
        var attribute = model.GetTypeInfo(argument.Parent!.Parent!).Type;
        return attribute?.Name is "ModuleAttribute" or "ThemeAttribute" or "FeatureAttribute" || property == "ErrorMessage" || attribute?.Name == "DisplayAttribute";
    }

    static bool Extends(MemberDeclarationSyntax member, string ancestor, SemanticModel model)
    {
        for (var type = model.GetDeclaredSymbol(member)?.ContainingType; type is not null; type = type.BaseType)
            if (type.Name == ancestor)
                return true;
        return false;
    }

    static IEnumerable<ExpressionSyntax> Returned(MemberDeclarationSyntax member) =>
        member.DescendantNodes().OfType<ReturnStatementSyntax>().Select(answer => answer.Expression)
            .Concat(member.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Select(arrow => arrow.Expression)).OfType<ExpressionSyntax>();

    static IEnumerable<string> Constants(ExpressionSyntax value, SemanticModel model) => value switch
    {
        _ when model.GetConstantValue(value) is { HasValue: true, Value: string text } => [text],
        ParenthesizedExpressionSyntax inner => Constants(inner.Expression, model),
        ConditionalExpressionSyntax either => Constants(either.WhenTrue, model).Concat(Constants(either.WhenFalse, model)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Constants(either.Left, model).Concat(Constants(either.Right, model)),
        SwitchExpressionSyntax arms => arms.Arms.SelectMany(arm => Constants(arm.Expression, model)),
        _ => [],
    };

    static IEnumerable<TextKey> Literals(SourceFile file, Regex pattern) =>
        from line in file.Text.Split('\n').Index()
        from Match match in pattern.Matches(line.Item)
        select new TextKey(Regex.Unescape(match.Groups["key"].Value), $"{file.Path}:{line.Index + 1}");

    [GeneratedRegex(@"\b(T|Text|text)\[""(?<key>(?:[^""\\]|\\.)*)""")]
    private static partial Regex TextOfPage();

    [GeneratedRegex(@"\b(?:tc\.)?L\((?<quote>['""`])(?<key>(?:\\.|(?!\k<quote>).)*)\k<quote>")]
    private static partial Regex TextOfScript();
}
