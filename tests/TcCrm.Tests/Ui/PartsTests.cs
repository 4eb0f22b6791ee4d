using TcCrm.Ui;

namespace TcCrm.Tests.Ui;

/// <summary>The parts say the right thing in the right language, to eyes and to screen readers.</summary>
public sealed class PartsTests
{
    [Fact]
    public async Task What_is_wrong_with_a_form_is_read_out_and_leads_to_the_fields()
    {
        await using var host = await KitHost.StartAsync();

        var html = await host.RenderAsync("_FormSummary", new FormProblem[] { new("请填写名称", "Input_Name"), new("已被他人修改") });

        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains("请更正以下 2 处", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#Input_Name\">请填写名称</a>", html, StringComparison.Ordinal);
        Assert.Empty((await host.RenderAsync("_FormSummary", Array.Empty<FormProblem>())).Trim());
    }

    [Fact]
    public async Task A_question_posts_inside_the_tenant_and_ties_its_field_together()
    {
        await using var host = await KitHost.StartAsync();

        var html = await host.RenderAsync("_Confirm", new Confirmation("drop", "删除?", "不能恢复。", "删除", "~/tenants/remove") { MustType = "qing.he" });

        Assert.Contains("action=\"/t/demo/tenants/remove\"", html, StringComparison.Ordinal);
        Assert.Contains("__RequestVerificationToken", html, StringComparison.Ordinal);
        Assert.Contains("pattern=\"qing\\.he\"", html, StringComparison.Ordinal);
        Assert.Contains("<label for=\"drop-typed\">", html, StringComparison.Ordinal);
        Assert.Contains("id=\"drop-typed\"", html, StringComparison.Ordinal);
        Assert.Contains("required", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Running, true)]
    [InlineData(JobState.Waiting, true)]
    [InlineData(JobState.Done, false)]
    [InlineData(JobState.Failed, false)]
    public async Task A_job_asks_for_itself_until_it_stops_moving(JobState state, bool asks)
    {
        await using var host = await KitHost.StartAsync();

        var html = await host.RenderAsync("_JobProgress", new JobProgress("job", "导入", state, "~/jobs/1") { StopHref = "~/jobs/1/stop" });

        Assert.Equal(asks, html.Contains("hx-get=\"/t/demo/jobs/1\"", StringComparison.Ordinal));
        Assert.Equal(asks, html.Contains("/t/demo/jobs/1/stop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pager_without_a_next_page_has_no_link_to_one()
    {
        await using var host = await KitHost.StartAsync();

        var html = await host.RenderAsync("_Pager", new Pager("1 – 25", null, "~/customers?after=x", "#rows"));

        Assert.Single(html.Split("<a "), part => part.Contains("rel=\"next\"", StringComparison.Ordinal));
        Assert.Contains("hx-get=\"/t/demo/customers?after=x\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_outside_stays_text()
    {
        await using var host = await KitHost.StartAsync();

        var html = await host.RenderAsync("_Note", new Note("red", "<script>alert(1)</script>", IsAlert: true));

        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "没有找到这个页面")]
    [InlineData("en", "There is nothing at this address")]
    public async Task A_status_page_speaks_the_language_of_the_page(string culture, string title)
    {
        await using var host = await KitHost.StartAsync();
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(culture);

        var page = StatusPages.For(404, new Platform.Text.TextCatalog(new Platform.Modules.ModuleCatalog()), "trace-1");
        var html = await host.RenderAsync("_StatusPage", page, culture);

        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.Contains("404 · trace-1", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/t/demo/\"", html, StringComparison.Ordinal);
    }
}
