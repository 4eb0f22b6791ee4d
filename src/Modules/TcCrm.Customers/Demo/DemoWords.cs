namespace TcCrm.Customers.Demo;

/// <summary>Parts of invented names. A firm is called after two rarely paired characters between its city and its trade; a real firm of that name would be chance.</summary>
static class DemoWords
{
    public static readonly string[] Surnames = Split("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 欧阳 上官 司徒");

    public static readonly string[] FemaleNames = Split("雯 静 婷 洁 琳 瑶 颖 芳 敏 倩 雪 丹 莹 蓉 岚 晓雯 思敏 雨桐 梦琪 诗涵 佳怡 欣妍 若曦 语嫣 子涵 书瑶 慧玲 秀兰 玉梅 桂英 丽华 海燕 红霞 春燕 晓燕 美玲 雅琴 文静 可欣 一诺");

    public static readonly string[] MaleNames = Split("伟 强 磊 军 勇 杰 涛 超 鹏 浩 波 斌 辉 刚 峰 志远 国栋 启明 浩然 子轩 宇航 俊杰 嘉豪 文博 思远 建国 建军 志强 永刚 海涛 晓东 德明 家辉 振华 立新 天佑 承志 明哲 睿 毅");

    public static readonly string[] FirmFirst = Split("澜 屿 岚 樾 昀 芃 霁 曜 泓 砚 翎 瀚 衡 玖 沐 朴 禾 栎 漪 璟");

    public static readonly string[] FirmSecond = Split("桥 汀 舟 麓 砾 杉 弦 岭 帆 渡 圃 榆 澍 川 野 隅 棠 峦 溪 坞");

    public static readonly string[] Streets = Split("文汇路 创新大道 青年路 学院路 滨江路 科技二路 建设路 人民路 长兴街 望湖路 云台路 东兴路");

    public static readonly string[] Departments = Split("采购部 销售部 财务部 设备部 信息部 办公室 市场部 生产部 仓储部");

    public static readonly string[] Positions = Split("经理 主管 总监 专员 副经理 助理 厂长 店长 会计");

    public static readonly string[] Hobbies = Split("钓鱼 羽毛球 品茶 摄影 登山 书法 篮球 游泳 烘焙 骑行 象棋 瑜伽");

    public static readonly string[] Sources = Split("展会 转介绍 官网 电话营销 门店 老客户 广告 渠道合作");

    public static readonly string[] Tags = Split("重点 续约 高复购 账期客户 新品试用 价格敏感 需回访 样板客户 年度框架 口碑推荐");

    public static readonly string[] Styles = Split("稳健 果断 谨慎 随和 注重价格 注重服务");

    public static readonly string[] Situations = Split("良好 一般 紧张 宽裕");

    public static readonly string[] CallTimes = Split("工作日上午 工作日下午 14:00-16:00 19:00以后 周末");

    public static readonly string[] Syllables = Split("lan yu yun han heng jiu mu pu he li yi jing qiao ting zhou lu shan xian fan chuan ye xi wu min hao lei tao jun wei xin");

    static string[] Split(string words) => words.Split(' ');
}
