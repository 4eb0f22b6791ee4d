using System.Globalization;
using TcCrm.Platform.Regions;

namespace TcCrm.Customers.Demo;

/// <summary>A city with its area code. Its invented phone numbers begin with 0 behind the area code, where no subscriber number begins: well formed, and nobody's.</summary>
sealed record DemoPlace(string Region, string AreaCode)
{
    public static readonly DemoPlace[] All =
    [
        new("110000", "010"), new("120000", "022"), new("500000", "023"), new("440100", "020"), new("440300", "0755"),
        new("330100", "0571"), new("330200", "0574"), new("330300", "0577"), new("320100", "025"), new("320200", "0510"), new("320500", "0512"),
        new("370100", "0531"), new("370200", "0532"), new("420100", "027"), new("430100", "0731"), new("510100", "028"), new("610100", "029"),
        new("410100", "0371"), new("340100", "0551"), new("350100", "0591"), new("320600", "0513"), new("210100", "024"), new("210200", "0411"),
        new("220100", "0431"), new("230100", "0451"), new("440600", "0757"), new("530100", "0871"), new("360100", "0791"), new("130100", "0311"),
    ];

    readonly Division[] _districts = [.. Divisions.Children(Region).Where(d => d.Level == DivisionLevel.County)];

    public string Name => Divisions.Find(Region)!.ShortName;

    public Division District(Random random) => random.GetItems(_districts, 1)[0];

    public string Phone(Random random) => string.Create(CultureInfo.InvariantCulture, $"+86{AreaCode.TrimStart('0')}0{random.Next(10_000_000):0000000}");
}
