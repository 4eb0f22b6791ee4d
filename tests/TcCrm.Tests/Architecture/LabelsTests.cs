using System.Reflection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Architecture;

/// <summary>Record types, their fields, choices and rights are labelled by ids that no literal in the source shows; they have their Chinese all the same.</summary>
public sealed class LabelsTests
{
    [Fact]
    public void Every_type_field_and_choice_has_its_Chinese() => Violations.AssertNone(Missing(Installed(), TextCatalogues.Chinese));

    [Fact]
    public void Every_right_has_its_Chinese() => Violations.AssertNone(Enum.GetNames<RecordRight>().Where(right => !TextCatalogues.Chinese.Contains(right)));

    [Fact]
    public void Every_action_of_the_audit_log_has_its_Chinese() => Violations.AssertNone(AuditWords.Actions.Select(action => AuditWords.ActionLabel + action).Where(key => !TextCatalogues.Chinese.Contains(key)));

    [Fact]
    public void Sees_what_has_no_label()
    {
        var missing = Missing(Installed(), new HashSet<string> { "customers.customer" }).ToList();

        Assert.DoesNotContain("customers.customer", missing);
        Assert.Contains("customers.customer.plural", missing);
        Assert.Contains("customers.customer.Name", missing);
        Assert.Contains("CustomerKind.Person", missing);
    }

    static IEnumerable<string> Missing(IEnumerable<RecordType> types, IReadOnlySet<string> known) =>
        from type in types
        from key in LabelsOf(type)
        where !known.Contains(key)
        select key;

    static IEnumerable<string> LabelsOf(RecordType type) =>
        [type.Name, type.PluralKey, .. type.Fields.Select(field => field.LabelKey), .. type.Fields.SelectMany(field => field.Choices.Select(field.ChoiceKey))];

    static IReadOnlyCollection<RecordType> Installed() => new CodeRecordTypes(new ModuleCatalog(
        Directory.EnumerateFiles(AppContext.BaseDirectory, "TcCrm.*.dll").Select(Assembly.LoadFrom).Where(assembly => assembly.IsDefined(typeof(ModuleAttribute)) && assembly.GetName().Name is not ("TcCrm.Fixture" or "TcCrm.Tests")))).All;
}
