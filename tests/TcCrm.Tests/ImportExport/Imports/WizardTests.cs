using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;

namespace TcCrm.Tests.ImportExport.Imports;

[Collection(nameof(ImportHosts))]
public partial class WizardTests(ImportHosts hosts)
{
    const string Csv = "客户编码,名称,城市\nA-1,甲公司,杭州\nA-2,,宁波\nA-1,甲公司,绍兴\nA-3,丙公司,成都\n";

    [Fact]
    public async Task Leads_from_the_file_to_the_result_each_step_at_its_own_address()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.Host.AddUserAsync(tenant.Name, "admin");
        using var browser = await Browser.OpenAsync(tenant, "admin");

        var columns = await browser.UploadAsync("customers/customer/import", "客户.csv", Csv);
        Assert.EndsWith("/columns", columns, StringComparison.Ordinal);
        Assert.Contains("A-1", await browser.GetAsync(columns), StringComparison.Ordinal);

        var match = await browser.PostAsync(columns, [("Fields", "ExternalId"), ("Fields", "Name"), ("Fields", "City")]);
        Assert.EndsWith("/match", match, StringComparison.Ordinal);
        var preview = await browser.PostAsync(match, [("MatchField", "ExternalId"), ("Mode", "AddAndUpdate")]);
        var shown = await browser.WaitAsync(preview);
        Assert.Contains("导入 2 行", shown, StringComparison.Ordinal);
        Assert.Contains("请填写", shown, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.CountAsync<Customer>());

        var run = await browser.PostAsync(preview, []);
        await browser.WaitAsync(run);
        var result = await browser.GetAsync(run.Replace("/run", "/result", StringComparison.Ordinal));
        Assert.Contains("导入完成", result, StringComparison.Ordinal);
        Assert.Equal(["甲公司绍兴", "丙公司成都"], (await tenant.QueryAsync<Customer>()).OrderBy(c => c.ExternalId).Select(c => c.Name + c.City));
        var history = (await tenant.QueryAsync<AuditEntry>()).Where(a => a.Action == "Created").ToList();
        Assert.Equal(2, history.Count);
        Assert.All(history, a => Assert.NotNull(a.UserId));

        using var errors = TabularFile.Open(new MemoryStream(await browser.BytesAsync(run.Replace("/run", "/errors", StringComparison.Ordinal))));
        Assert.Equal(["3", "名称"], errors.Rows().Single().Cells[..2]);
    }

    [Fact]
    public async Task Asks_what_unknown_values_mean_and_checks_again()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.Host.AddUserAsync(tenant.Name, "admin");
        using var browser = await Browser.OpenAsync(tenant, "admin");
        var columns = await browser.UploadAsync("customers/customer/import", "x.csv", "名称,客户类型\n甲,VIP 门店\n乙,经销商\n");
        var match = await browser.PostAsync(columns, [("Fields", "Name"), ("Fields", "Kind")]);
        var preview = await browser.PostAsync(match, [("MatchField", ""), ("Mode", "AddAndUpdate")]);
        var shown = WebUtility.HtmlDecode(await browser.WaitAsync(preview));
        Assert.Contains("“VIP 门店”不在可选值之内", shown, StringComparison.Ordinal);
        Assert.Contains("导入 1 行", shown, StringComparison.Ordinal);

        Assert.Equal(preview, await browser.PostAsync(preview, [("Fields", "Kind"), ("Written", "VIP 门店"), ("Means", "Retailer")], "?handler=values"));
        Assert.Contains("导入 2 行", await browser.WaitAsync(preview), StringComparison.Ordinal);
        await browser.WaitAsync(await browser.PostAsync(preview, []));
        Assert.Equal([CustomerKind.Retailer, CustomerKind.Dealer], (await tenant.QueryAsync<Customer>()).OrderBy(c => c.Id).Select(c => c.Kind));
    }

    [Fact]
    public async Task Refuses_a_file_that_is_no_table_and_a_mapping_that_says_nothing()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.Host.AddUserAsync(tenant.Name, "admin");
        using var browser = await Browser.OpenAsync(tenant, "admin");
        Assert.Contains("既不是 CSV", await browser.UploadAsync("customers/customer/import", "x.csv", "a\0b"), StringComparison.Ordinal);
        var columns = await browser.UploadAsync("customers/customer/import", "x.csv", Csv);
        Assert.Contains("没有任何列对应到字段", await browser.PostAsync(columns, [("Fields", ""), ("Fields", ""), ("Fields", "")]), StringComparison.Ordinal);
        Assert.Contains("有多列对应同一个字段", await browser.PostAsync(columns, [("Fields", "Name"), ("Fields", "Name"), ("Fields", "")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_closed_to_those_without_the_right_and_to_other_tenants()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.Host.AddUserAsync(tenant.Name, "admin");
        await tenant.Host.AddUserAsync(tenant.Name, "viewer", "Viewers", "View_customers.customer");
        using var admin = await Browser.OpenAsync(tenant, "admin");
        using var viewer = await Browser.OpenAsync(tenant, "viewer");
        var columns = await admin.UploadAsync("customers/customer/import", "x.csv", Csv);

        Assert.Equal(HttpStatusCode.Forbidden, await viewer.StatusAsync("customers/customer/import"));
        Assert.Equal(HttpStatusCode.Forbidden, await viewer.StatusAsync("customers/customer/export"));
        Assert.Equal(HttpStatusCode.NotFound, await viewer.StatusAsync(columns));
        Assert.Equal(HttpStatusCode.NotFound, await viewer.StatusAsync(columns.Replace("/columns", "/errors", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, await admin.StatusAsync("customers/nothing/import"));

        await using var other = await hosts.TenantAsync();
        await other.Host.AddUserAsync(other.Name, "admin");
        using var stranger = await Browser.OpenAsync(other, "admin");
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusAsync(columns.Replace(tenant.Name, other.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Exports_what_the_list_shows_and_says_so_in_the_audit_log()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.Host.AddUserAsync(tenant.Name, "admin");
        using var browser = await Browser.OpenAsync(tenant, "admin");
        await tenant.ImportAsync("id,name,seg\n1,=甲,A\n2,乙,B\n3,丙,A\n", new() { RecordType = "customers.customer", MatchField = "ExternalId", Columns = [new("id", ["ExternalId"]), new("name", ["Name"]), new("seg", ["Segment"])] });

        foreach (var format in new[] { "csv", "xlsx" })
        {
            using var file = TabularFile.Open(new MemoryStream(await browser.BytesAsync($"customers/customer/export?filter=Segment:eq:A&sort=-ExternalId&columns=ExternalId,Name,Kind&format={format}")));
            Assert.Equal(["外部编号", "客户名称", "客户类型"], file.Header);
            Assert.Equal(["3丙企业", "1=甲企业"], file.Rows().Select(r => string.Concat(r.Cells)));
        }
        Assert.Equal(2, (await tenant.QueryAsync<AuditEntry>()).Count(a => a.Action == "Exported" && a.Details.Contains("Segment:eq:A", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, await browser.StatusAsync("customers/customer/export?filter=Nonsense:eq:A"));
        Assert.Equal(HttpStatusCode.BadRequest, await browser.StatusAsync("customers/customer/export?columns=Nonsense"));
    }

    [Fact]
    public async Task What_is_exported_comes_back_as_it_was()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.Host.AddUserAsync(tenant.Name, "admin");
        using var browser = await Browser.OpenAsync(tenant, "admin");
        const string csv = "id,name,kind,region,phone,day,tags,limit,gender\n1,=甲,经销商,浙江 杭州,13800138000,1990-01-02,\"一,二\",1234.5,女\n2,' 乙,Farm,330106,,,,99 USD,Male\n";
        await tenant.ImportAsync(csv, new()
        {
            RecordType = "customers.customer",
            MatchField = "ExternalId",
            Columns = [new("id", ["ExternalId"]), new("name", ["Name"]), new("kind", ["Kind"]), new("region", ["Region"]), new("phone", ["Phone"]), new("day", ["Birthday"]), new("tags", ["Tags"]), new("limit", ["CreditLimit"]), new("gender", ["Gender"])],
        });
        foreach (var format in new[] { "csv", "xlsx", "csv&encoding=gb18030" })
        {
            using var file = TabularFile.Open(new MemoryStream(await browser.BytesAsync($"customers/customer/export?columns=all&format={format}")));
            var plan = await tenant.InAsync(services => Task.FromResult(services.GetRequiredService<ImportWorkshop>()
                .Suggested(services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"], file, new() { RecordType = "customers.customer", EmptyClears = true })));
            var again = (await tenant.ImportAsync(file, plan)).Report;
            Assert.Equal((2, 0, 0, 2), (again.Match, again.Updated, again.Error, again.Unchanged));
        }
    }

    /// <summary>A person at the wizard, in Chinese.</summary>
    sealed partial class Browser(HttpClient client, string session) : IDisposable
    {
        public static async Task<Browser> OpenAsync(ImportTenant tenant, string user)
        {
            var client = tenant.Host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri($"http://localhost/t/{tenant.Name}/") });
            return new(client, await tenant.Host.CookieAsync(tenant.Name, user));
        }

        public async Task<string> GetAsync(string address) => await (await SendAsync(HttpMethod.Get, address, null, "")).Content.ReadAsStringAsync();
        public async Task<byte[]> BytesAsync(string address) => await (await SendAsync(HttpMethod.Get, address, null, "")).EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        public async Task<HttpStatusCode> StatusAsync(string address) => (await SendAsync(HttpMethod.Get, address, null, "")).StatusCode;

        public async Task<string> UploadAsync(string address, string name, string content)
        {
            var (token, cookie) = await TokenAsync(address);
            using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name);
            return await OutcomeAsync(await SendAsync(HttpMethod.Post, address, form, cookie));
        }

        /// <summary>Where the answer leads to, or the page with what is wrong.</summary>
        public async Task<string> PostAsync(string address, (string, string)[] fields, string handler = "")
        {
            var (token, cookie) = await TokenAsync(address);
            using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            return await OutcomeAsync(await SendAsync(HttpMethod.Post, address + handler, form, cookie));
        }

        /// <summary>Until the job behind the page is over.</summary>
        public async Task<string> WaitAsync(string address)
        {
            for (var i = 0; i < 200; i++)
            {
                var answer = await SendAsync(HttpMethod.Get, address, null, "");
                var page = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.Redirect || !page.Contains("im-job", StringComparison.Ordinal)) return page;
                await Task.Delay(50);
            }
            throw new TimeoutException(address);
        }

        public void Dispose() => client.Dispose();

        async Task<(string Token, string Cookie)> TokenAsync(string address)
        {
            var page = await SendAsync(HttpMethod.Get, address, null, "");
            var cookies = page.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "";
            return (Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value, cookies);
        }

        static async Task<string> OutcomeAsync(HttpResponseMessage answer) =>
            answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString : await answer.Content.ReadAsStringAsync();

        Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, string cookie)
        {
            var request = new HttpRequestMessage(method, address) { Content = content };
            request.Headers.Add("Cookie", $"{session}; tc_lang=zh-CN; {cookie}");
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("zh-CN"));
            return client.SendAsync(request);
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
        private static partial Regex Token();
    }
}
