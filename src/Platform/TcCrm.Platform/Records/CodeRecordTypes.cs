using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Records;

/// <summary>The record types that modules bring as classes; built once, shared by every tenant that has the feature.</summary>
public sealed class CodeRecordTypes
{
    readonly Dictionary<Type, RecordType> _byClass = [];
    readonly FieldKind[] _kinds;

    public CodeRecordTypes(ModuleCatalog modules)
    {
        _kinds = [.. modules.TypesOf<FieldKind>().Where(t => t.GetConstructor(Type.EmptyTypes) is not null)
            .Select(t => (FieldKind)Activator.CreateInstance(t)!).OrderByDescending(k => k.Priority)];
        var screens = modules.TypesOf<RecordScreens>().ToDictionary(t => t.BaseType!.GetGenericArguments()[0], t => (RecordScreens)Activator.CreateInstance(t)!);
        foreach (var type in modules.RecordClasses)
            _byClass.Add(type, Generic(nameof(Build), type).Invoke<RecordType>(this, modules.FeatureOf(type), screens.GetValueOrDefault(type)));
    }

    public IReadOnlyCollection<RecordType> All => _byClass.Values;
    public RecordType Of(Type type) => _byClass[type];
    public IReadOnlyList<FieldKind> Kinds => _kinds;
    public static string NameOf(Type type) => type.GetCustomAttribute<RecordAttribute>()!.Name;

    RecordType<T> Build<T>(string feature, RecordScreens? screens) where T : Record, new()
    {
        Field<T>[] fields = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => KindOf(p) is not null)
            .Select(p => Generic(nameof(FieldOf), typeof(T), KeyTypeOf(p)).Invoke<Field<T>>(this, p))];
        return new(fields) { Name = NameOf(typeof(T)), Feature = feature, Icon = typeof(T).GetCustomAttribute<RecordAttribute>()!.Icon, Screens = screens ?? Plain(fields), Source = new(CrmModel.TableOf(typeof(T)), null) };
    }

    PropertyField<T, TKey> FieldOf<T, TKey>(PropertyInfo property) where T : Record
    {
        var plain = PlainOf(property);
        var choiceType = plain.IsEnum ? plain : property.GetCustomAttribute<MultiChoiceAttribute>()?.Choices;
        var range = property.GetCustomAttribute<RangeAttribute>();
        var canSet = property.SetMethod?.IsPublic == true;
        return new(KeyOf<T, TKey>(property), r => property.GetValue(r), property.SetMethod is null ? null : (r, value) => property.SetValue(r, value))
        {
            Name = property.Name,
            RecordType = NameOf(typeof(T)),
            Kind = KindOf(property)!,
            PlainType = plain,
            IsRequired = property.IsDefined(typeof(RequiredAttribute)),
            IsReadOnly = !canSet,
            IsTitle = property.IsDefined(typeof(TitleAttribute)),
            IsSearched = property.IsDefined(typeof(SearchAttribute)),
            IsUnique = property.IsDefined(typeof(UniqueAttribute)),
            MaxLength = property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength,
            Range = range is null ? null : (Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture)),
            Scale = property.GetCustomAttribute<ScaleAttribute>()?.Digits ?? 0,
            SortedWithin = property.GetCustomAttribute<SortedWithinAttribute>()?.Field,
            ChoiceType = choiceType,
            Choices = choiceType is null ? [] : Enum.GetNames(choiceType),
            LookupType = property.GetCustomAttribute<LookupAttribute>()?.RecordType,
            IsPersonal = property.IsDefined(typeof(PersonalDataAttribute)),
            Identifies = property.GetCustomAttribute<PersonalDataAttribute>()?.Identifies == true,
            IsWhole = property.IsDefined(typeof(PartOfAttribute)),
            NumberPattern = property.GetCustomAttribute<NumberAttribute>()?.DefaultPattern,
            Checks = [.. property.GetCustomAttributes<FieldCheckAttribute>()],
        };
    }

    FieldKind? KindOf(PropertyInfo property) => Array.Find(_kinds, k => k.Fits(property, PlainOf(property)));

    static Type PlainOf(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    static Type KeyTypeOf(PropertyInfo property) => property.PropertyType == typeof(Money) ? typeof(long?) : property.PropertyType;

    static Expression<Func<T, TKey>> KeyOf<T, TKey>(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(T), "r");
        Expression value = Expression.Property(row, property);
        if (property.PropertyType == typeof(Money)) value = Expression.Convert(Expression.Property(value, nameof(Money.Minor)), typeof(long?));
        return Expression.Lambda<Func<T, TKey>>(value, row);
    }

    static RecordScreens Plain(IReadOnlyList<Field> fields)
    {
        var screens = new RecordScreens();
        screens.ColumnNames.AddRange(fields.Where(f => f.Kind.CanSort).Take(8).Select(f => f.Name));
        screens.Sections.Add(new("General", [.. fields.Select(f => f.Name)]));
        return screens;
    }

    static GenericCall Generic(string method, params Type[] arguments) =>
        new(typeof(CodeRecordTypes).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(arguments));

    readonly record struct GenericCall(MethodInfo Method)
    {
        public TResult Invoke<TResult>(object target, params object?[] arguments) => (TResult)Method.Invoke(target, arguments)!;
    }
}
