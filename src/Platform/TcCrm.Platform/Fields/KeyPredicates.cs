using System.Linq.Expressions;

namespace TcCrm.Platform.Fields;

/// <summary>Conditions over one key of a record class, in forms that both engines serve from a plain index.</summary>
sealed class KeyPredicates<T, TKey>(Expression<Func<T, TKey>> key)
{
    readonly ParameterExpression _row = key.Parameters[0];

    public Type Plain { get; } = Nullable.GetUnderlyingType(typeof(TKey)) ?? typeof(TKey);
    public bool IsNullable { get; } = Nullable.GetUnderlyingType(typeof(TKey)) is not null;

    Expression Value => IsNullable ? Expression.Property(key.Body, nameof(Nullable<int>.Value)) : key.Body;

    public Expression<Func<T, bool>> Compare(string @operator, object operand) => Lambda(@operator switch
    {
        "eq" => Expression.Equal(Value, Parameter(operand)),
        "ne" => Expression.NotEqual(Value, Parameter(operand)),
        "gt" => Ordered(ExpressionType.GreaterThan, operand),
        "ge" => Ordered(ExpressionType.GreaterThanOrEqual, operand),
        "lt" => Ordered(ExpressionType.LessThan, operand),
        "le" => Ordered(ExpressionType.LessThanOrEqual, operand),
        _ => throw new ArgumentException($"'{@operator}' compares nothing.", nameof(@operator)),
    });

    public Expression<Func<T, bool>> In(IReadOnlyList<object> operands) =>
        Lambda(operands.Select(o => (Expression)Expression.Equal(Value, Parameter(o))).Aggregate(Expression.OrElse));

    /// <summary>A range instead of LIKE, so that the plain index serves it on both engines.</summary>
    public Expression<Func<T, bool>> StartsWith(string start) => Lambda(Expression.AndAlso(
        Ordered(ExpressionType.GreaterThanOrEqual, start), Ordered(ExpressionType.LessThan, start + char.ConvertFromUtf32(0x10FFFF))));

    /// <summary>Text that is not empty is greater than "", which is a range of the index; "not equal" would be none.</summary>
    public Expression<Func<T, bool>> IsEmpty(bool empty) => Lambda(
        IsNullable ? empty ? Expression.Equal(key.Body, Expression.Constant(null, typeof(TKey))) : IsFilled
        : Plain == typeof(string) ? empty ? Expression.Equal(Value, Expression.Constant("")) : Compared(ExpressionType.GreaterThan, Expression.Constant(""))
        : Expression.Constant(!empty));

    /// <summary>SQLite makes a range of "not null" for a column only: along an expression it would read every empty row first.</summary>
    BinaryExpression IsFilled => key.Body is MethodCallExpression && Plain == typeof(long)
        ? Compared(ExpressionType.GreaterThanOrEqual, Expression.Constant(-long.MaxValue))
        : Expression.NotEqual(key.Body, Expression.Constant(null, typeof(TKey)));

    BinaryExpression Ordered(ExpressionType type, object operand) => Compared(type, Parameter(operand));

    /// <summary>CompareTo exists on every kind of value and EF turns it into a plain comparison; enums are numbers.</summary>
    BinaryExpression Compared(ExpressionType type, Expression operand) => Plain.IsEnum
        ? Expression.MakeBinary(type, Expression.Convert(Value, typeof(int)), Expression.Convert(operand, typeof(int)))
        : Expression.MakeBinary(type, Expression.Call(Value, Plain.GetMethod(nameof(IComparable.CompareTo), [Plain])!, operand), Expression.Constant(0));

    Expression<Func<T, bool>> Lambda(Expression body) => Expression.Lambda<Func<T, bool>>(body, _row);

    /// <summary>A member of a captured object becomes an SQL parameter; a constant would compile a new query for every value.</summary>
    MemberExpression Parameter(object value) =>
        Expression.Field(Expression.Constant(Activator.CreateInstance(typeof(Box<>).MakeGenericType(Plain), value)), nameof(Box<>.Value));
}

sealed class Box<TValue>(TValue value)
{
    public readonly TValue Value = value;
}
