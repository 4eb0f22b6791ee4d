namespace TcCrm.BrowserTests.Gate;

/// <summary>Where a page is looked at. <c>{…}</c> in the address stands for an id that <see cref="SampleIds"/> finds.</summary>
public sealed record Sample(string Route, string Path, string Tenant = DemoSite.Demo, string? User = DemoSite.Administrator, int Status = 200);

/// <summary>One address or more for each page route. A route that is missing here fails a test.</summary>
public static class Samples
{
    /// <summary>Answers that are no page of their own: parts of pages, and files.</summary>
    public static readonly IReadOnlySet<string> NoPages = new HashSet<string>
    {
        "/options/{type}/{field}",
        "/{module}/{noun:record}/export",
        "/import/{id:guid}/errors",
        "/sign-in/code", // there only halfway through a sign-in: the journey looks at it
    };

    public static readonly IReadOnlyList<Sample> All =
    [
        new("/", "/"),
        new("/{module}/{noun:record}", "/customers/customer"),
        new("/{module}/{noun:record}", "/customers/customer?add=Kind&filter=Region:empty:"),
        new("/{module}/{noun:record}", "/customers/customer?q=nothing-is-called-this"),
        new("/{module}/{noun:record}", "/customers/contact"),
        new("/{module}/{noun:record}/new", "/customers/customer/new"),
        new("/{module}/{noun:record}/new", "/customers/contact/new"),
        new("/{module}/{noun:record}/bin", "/customers/customer/bin"),
        new("/{module}/{noun:record}/{key}", "/customers/customer/C-000001"),
        new("/{module}/{noun:record}/{key}", "/customers/contact/{contact}"),
        new("/{module}/{noun:record}/{key}/personal-data", "/customers/customer/C-000001/personal-data"),
        new("/privacy", "/privacy"),
        new("/privacy/erasing/{id:guid}", "/privacy/erasing/{erasing}"),
        new("/privacy/erasing/{id:guid}", "/privacy/erasing/{erased}"),
        new("/privacy/retention/{id}", "/privacy/retention/new?type=customers.customer"),
        new("/{module}/{noun:record}/{key}/edit", "/customers/customer/C-000001/edit"),
        new("/{module}/{noun:record}/import", "/customers/customer/import"),
        new("/import/{id:guid}/columns", "/import/{previewed}/columns"),
        new("/import/{id:guid}/match", "/import/{previewed}/match"),
        new("/import/{id:guid}/preview", "/import/{previewed}/preview"),
        new("/import/{id:guid}/run", "/import/{running}/run"),
        new("/import/{id:guid}/result", "/import/{done}/result"),
        new("/features", "/features"),
        new("/features", "/features?q=nothing-is-called-this"),
        new("/settings", "/settings"),
        new("/settings/numbers", "/settings/numbers"),
        new("/settings/mail", "/settings/mail"),
        new("/users", "/users"),
        new("/users", "/users?state=disabled"),
        new("/users/new", "/users/new"),
        new("/users/{id:guid}", "/users/{user}"),
        new("/roles", "/roles"),
        new("/roles/{id}", "/roles/{role}"),
        new("/roles/{id:guid}/types/{type}", "/roles/{role}/types/customers.customer"),
        new("/why", "/why"),
        new("/why", "/why?type=customers.customer&record=C-000001&user=assistant"),
        new("/{module}/{noun:record}/{key}/share", "/customers/customer/C-000001/share"),
        new("/sharing-rules", "/sharing-rules"),
        new("/sharing-rules/{id}", "/sharing-rules/new"),
        new("/sharing-rules/{id}", "/sharing-rules/new?type=customers.customer"),
        new("/users/{id:guid}/leave", "/users/{user}/leave"),
        new("/users/batch", "/users/batch?step=Disable&id={user}"),
        new("/users/batch", "/users/batch?step=AddRole&id={user}"),
        new("/roles/batch", "/roles/batch?step=Disable&id={role}"),
        new("/recipes", "/recipes"),
        new("/recipes/export", "/recipes/export"),
        new("/recipes/{id:guid}", "/recipes/{recipe}"),
        new("/organisation", "/organisation"),
        new("/api-keys", "/api-keys"),
        new("/applications", "/applications"),
        new("/applications/{id}", "/applications/new"),
        new("/applications/{id}", "/applications/{application}"),
        new("/connect/authorize", "/connect/authorize?response_type=code&client_id={client}&redirect_uri=https%3A%2F%2Fpartner.example%2Fback&scope=openid%20profile%20View_customers.customer&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"),
        new("/audit", "/audit"),
        new("/audit", "/audit?q=nothing-is-called-this"),
        new("/account", "/account"),
        new("/account/second-factor", "/account/second-factor"),
        new("/account/password", "/account/password"),
        new("/account/forgot", "/account/forgot", User: null),
        new("/account/set-password/{kind}", "/account/set-password/reset?user={user}&token=none", User: null),
        new("/sign-in", "/sign-in", User: null),
        new("/sign-in", "/sign-in", DemoSite.Host, User: null),
        new("/host/tenants", "/host/tenants", DemoSite.Host),
        new("/host/tenants", "/host/tenants?q=nothing-is-called-this", DemoSite.Host),
        new("/host/tenants/{name}", "/host/tenants/demo", DemoSite.Host),
        new("/host/tenants/new", "/host/tenants/new", DemoSite.Host),
        new("/host/tenants/restore", "/host/tenants/restore", DemoSite.Host),
        new("/host/progress/{id}", "/host/progress/{setup}", DemoSite.Host),
        new("/setup", "/setup", DemoSite.Nowhere, User: null),
        new("/setup/progress/{id}", "/setup/progress/{first-setup}", DemoSite.Nowhere, User: null),
        new("/status/{code:int}", "/status/403", Status: 403),
        new("/status/{code:int}", "/status/404", Status: 404),
        new("/status/{code:int}", "/status/503", User: null, Status: 503),
    ];
}
