using System.Diagnostics;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace TcCrm.Platform.Identity;

/// <summary>What every request needs to know of its user, once for each of their roles, or once without a role.</summary>
sealed record UserFacts(string UserName, string DisplayName, string? Stamp, bool IsEnabled, bool MustChangePassword, bool HasSecondFactor, string? Role, bool RoleRequiresSecondFactor)
{
    static readonly Expression<Func<CrmUser, CrmRole?, UserFacts>> Row = (user, role) => new UserFacts(
        user.UserName!, user.DisplayName, user.SecurityStamp, user.IsEnabled, user.MustChangePassword, user.TwoFactorEnabled, role!.Name, (bool?)role.RequiresSecondFactor == true && (bool?)role.IsEnabled == true);

    /// <summary>Stands for the row within <see cref="Spelled"/>.</summary>
    public static UserFacts Of(CrmUser user, CrmRole? role) => throw new UnreachableException("Only a query that is spelled out asks for this.");

    /// <summary>The query with the row in place of <see cref="Of"/>, so that the database reads those columns and no others.</summary>
    public static Expression<TQuery> Spelled<TQuery>(Expression<TQuery> query) => (Expression<TQuery>)new Spelling().Visit(query);

    sealed class Spelling : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node) => node.Method.DeclaringType == typeof(UserFacts) && node.Method.Name == nameof(Of)
            ? new ReplacingExpressionVisitor([.. Row.Parameters], [.. node.Arguments]).Visit(Row.Body)
            : base.VisitMethodCall(node);
    }
}
