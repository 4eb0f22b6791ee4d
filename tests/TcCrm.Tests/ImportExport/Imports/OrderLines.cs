using System.Globalization;
using System.Text;

namespace TcCrm.Tests.ImportExport.Imports;

/// <summary>Order lines as a retailer exports them, several for each customer, drawn from a fixed seed.</summary>
static class OrderLines
{
    public const int Customers = 120, Rows = 1_500;
    static readonly (string Province, string[] Cities)[] Places =
    [
        ("浙江", ["杭州", "宁波", "绍兴"]), ("江苏", ["南京", "苏州", "昆山镇外"]), ("四川", ["成都", "内江"]), ("北京", ["北京"]), ("内蒙古", ["呼和浩特", "包头"]), ("广西", ["南宁", "柳州"]),
    ];

    public static string Csv()
    {
        var random = new Random(20261122);
        var text = new StringBuilder("行 ID,订单日期,客户 ID,客户名称,细分,城市,省/自治区,地区,产品名称,销售额\r\n");
        for (var row = 1; row <= Rows; row++)
        {
            var customer = row <= Customers ? row : random.Next(1, Customers + 1);
            var (province, cities) = Places[random.Next(Places.Length)];
            text.Append(CultureInfo.InvariantCulture, $"{row},2026-{random.Next(1, 13):D2}-01,客户{customer}-{10_000 + customer},客户{customer},{(customer % 3 == 0 ? "公司" : "消费者")},");
            text.Append(CultureInfo.InvariantCulture, $"{cities[random.Next(cities.Length)]},{province},华东,\"剪刀, 蓝色\",{random.Next(1, 100_000) / 100m}\r\n");
        }
        return text.ToString();
    }

    /// <summary>The columns the other way round.</summary>
    public static string Reversed(string csv, params int[] rowsWithoutId)
    {
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(Cells).ToList();
        var id = Array.IndexOf(rows[0], "客户 ID");
        foreach (var row in rowsWithoutId) rows[row][id] = "";
        return string.Concat(rows.Select(r => string.Join(',', r.Reverse().Select(c => c.Contains(',', StringComparison.Ordinal) ? $"\"{c}\"" : c)) + "\r\n"));
    }

    static string[] Cells(string line)
    {
        using var parser = new CsvHelper.CsvParser(new StringReader(line), CultureInfo.InvariantCulture);
        parser.Read();
        return parser.Record!;
    }
}
