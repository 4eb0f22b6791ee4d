namespace TcCrm.Customers.Demo;

/// <summary>A line of business: what kinds of customers it has and how their names end.</summary>
sealed record DemoTrade(CustomerKind Kind, string Industry, string Segment, params string[] Endings)
{
    public static readonly DemoTrade[] All =
    [
        new(CustomerKind.Company, "智能制造", "重点客户", "智能装备有限公司", "自动化科技有限公司"),
        new(CustomerKind.Company, "医疗器械", "成长客户", "医疗器械有限公司", "生物科技有限公司"),
        new(CustomerKind.Company, "软件和信息服务", "成长客户", "软件有限公司", "数据技术有限公司"),
        new(CustomerKind.Company, "食品加工", "重点客户", "食品有限公司", "农产品加工有限公司"),
        new(CustomerKind.Company, "物流", "普通客户", "供应链管理有限公司", "物流有限公司"),
        new(CustomerKind.Dealer, "建材", "一级经销商", "建材贸易有限公司", "商贸有限公司"),
        new(CustomerKind.Dealer, "饲料", "二级经销商", "饲料经营部", "农资商行"),
        new(CustomerKind.Retailer, "零售", "门店客户", "便利店", "超市", "文具店"),
        new(CustomerKind.Farm, "养殖", "规模养殖", "养殖场", "生态牧场"),
        new(CustomerKind.Franchisee, "餐饮", "加盟客户", "餐饮管理店", "茶饮店"),
        new(CustomerKind.Agency, "教育", "机构客户", "职业培训学校", "实验中心"),
    ];
}
