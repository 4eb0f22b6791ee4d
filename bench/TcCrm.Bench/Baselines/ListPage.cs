using System.Globalization;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using TcCrm.Platform.Fields.Checks;
using TcCrm.Platform.Regions;
using TcCrm.Ui;
using TcCrm.Ui.Elements;

namespace TcCrm.Bench.Baselines;

/// <summary>The list page as somebody would write it for this one table: cookie check, form token, 26 rows, the rows' HTML between two fixed texts.</summary>
sealed class ListPage(string database, string keys, string tenant, string[] template)
{
    const string UserQuery = "SELECT u.security_stamp, u.is_enabled, r.name FROM users u LEFT JOIN user_roles m ON m.user_id = u.id LEFT JOIN roles r ON r.id = m.role_id WHERE u.id = @id";
    const string RowsQuery = "SELECT c.id, c.number, c.name, c.kind, c.segment, c.region, c.phone, c.tags, u.user_name FROM customers_customer c LEFT JOIN users u ON u.id = c.owner_id WHERE c.deleted_at IS NULL AND @id IS NOT NULL ORDER BY c.id DESC LIMIT 26";
    const string Token = "¤";
    static readonly string[] Kinds = ["个人", "企业", "经销商", "零售户", "养殖场", "加盟商", "机构"];
    static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    readonly ConcurrentBag<SqliteConnection> _idle = [];
    readonly IDataProtector _tickets = Protector(keys, "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", "Identity.Application", "v2");
    readonly IDataProtector _forms = Protector(keys, "Microsoft.AspNetCore.Antiforgery.AntiforgeryToken.v1");

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var template = await File.ReadAllLinesAsync(options.Text("template"));
        var page = new ListPage(options.Text("db"), options.Text("keys"), options.Text("tenant"), [.. template.Select(t => JsonSerializer.Deserialize<string>(t)!)]);
        return await BaselineServer.RunAsync(options, page.AnswerAsync);
    }

    async Task AnswerAsync(HttpContext http)
    {
        if (!_idle.TryTake(out var connection)) connection = BaselineDatabase.Open(database);
        var html = MayEnter(connection, http.Request.Cookies["crm." + tenant]!) ? Page(connection, TokenFor(http.Request.Cookies["crm.form." + tenant]!)) : "";
        _idle.Add(connection);
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html, Encoding.UTF8);
    }

    bool MayEnter(SqliteConnection connection, string cookie)
    {
        var user = TicketSerializer.Default.Deserialize(_tickets.Unprotect(Base64Url.DecodeFromChars(cookie)))!.Principal;
        using var row = BaselineDatabase.Read(connection, UserQuery, Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!));
        return row.Read() && row.GetString(0) == user.FindFirstValue("stamp") && row.GetBoolean(1) && row.GetString(2) == "Administrator";
    }

    /// <summary>The page that gave the template carried a token; its content, protected anew, is as long and as much work.</summary>
    string TokenFor(string cookie) => _forms.Unprotect(Base64Url.DecodeFromChars(cookie)).Length > 0 ? Base64Url.EncodeToString(_forms.Protect(_forms.Unprotect(Base64Url.DecodeFromChars(template[2])))) : "";

    string Page(SqliteConnection connection, string token)
    {
        var html = new StringBuilder(template[0].Length * 3).Append(template[0]).Replace(Token, token);
        using var rows = BaselineDatabase.Read(connection, RowsQuery, Guid.Empty);
        for (var i = 0; i < 25 && rows.Read(); i++) WriteRow(html, rows, i == 0);
        return html.Append(template[1].Replace(Token, token)).ToString();
    }

    void WriteRow(StringBuilder html, SqliteDataReader row, bool first)
    {
        var (name, number) = (row.GetString(2), row.GetString(1));
        html.Append(CultureInfo.InvariantCulture, $"          <tr tabindex=\"{(first ? 0 : -1)}\">\n              <td class=\"ck\"><input type=\"checkbox\" class=\"tc-check\" name=\"id\" value=\"{new Guid((byte[])row[0], bigEndian: true)}\" aria-label=\"选择 {Html.Encode(name)}\"></td>\n");
        html.Append(CultureInfo.InvariantCulture, $"                <th scope=\"row\" class=\"title\"><span class=\"row\"><span class=\"tc-av {Tones.Of(name)} sq m\" aria-hidden=\"true\">{Html.Encode(Initials.OfFirm(name))}</span><a class=\"b5 clip nm\" href=\"/t/{tenant}/customers/customer/{number}\">{Html.Encode(name)}</a></span></th>\n");
        html.Append(CultureInfo.InvariantCulture, $"                <td>{number}</td>\n                <td>{Kinds[row.GetInt32(3)]}</td>\n                <td>{Html.Encode(row.GetString(4))}</td>\n                <td>{Divisions.NameOf(row.GetString(5))}</td>\n                <td>{Phones.Display(row.GetString(6))}</td>\n                <td>");
        if (!row.IsDBNull(8)) html.Append(CultureInfo.InvariantCulture, $"<span class=\"row g1\"><span class=\"tc-av {Tones.Of(row.GetString(8))}\" aria-hidden=\"true\">{Html.Encode(Initials.OfPerson(row.GetString(8)))}</span>{Html.Encode(row.GetString(8))}</span>");
        html.Append("</td>\n                <td>").Append(Tags(JsonSerializer.Deserialize<List<string>>(row.GetString(7))!)).Append("</td>\n          </tr>\n");
    }

    static string Tags(List<string> tags) => tags.Count == 0 ? "" : $"<span class=\"row g1\">{string.Concat(tags.Take(3).Select(t => $"<span class=\"tc-tag line\">{Html.Encode(t)}</span>"))}</span>";

    static IDataProtector Protector(string keys, params string[] purposes) =>
        DataProtectionProvider.Create(new DirectoryInfo(keys), b => b.SetApplicationName("TcCrm")).CreateProtector(purposes);
}
