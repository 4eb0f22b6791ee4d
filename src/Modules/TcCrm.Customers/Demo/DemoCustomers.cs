using System.Globalization;
using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Customers.Demo;

/// <summary>Values of one invented customer and of its contacts, in neutral text by field name: what forms and imports hand to the record pipeline.</summary>
public sealed record DemoCustomer(IReadOnlyDictionary<string, string?> Fields, IReadOnlyList<IReadOnlyDictionary<string, string?>> Contacts);

/// <summary>Invented customers, as many as asked for, one at a time: the same seed gives the same ones. No real person or firm is meant.</summary>
public sealed class DemoCustomers
{
    /// <summary>No registration office has this division, so a credit code with it belongs to nobody, whatever its check character says.</summary>
    const string NoSuchOffice = "990000";
    const int PercentPersons = 35;

    static readonly DateOnly YoungestBorn = new(2006, 12, 31);
    readonly Random _random;
    int _count;

    string ExternalId => string.Create(CultureInfo.InvariantCulture, $"DEMO-{_count:0000000}");

    DemoCustomers(int seed) => _random = new(seed);

    public static IEnumerable<DemoCustomer> Generate(int count, int seed = 2026)
    {
        var demo = new DemoCustomers(seed);
        for (var i = 0; i < count; i++) yield return demo.Next();
    }

    DemoCustomer Next()
    {
        _count++;
        var place = One(DemoPlace.All);
        var isPerson = Chance(PercentPersons);
        var fields = isPerson ? Person() : Firm(place);
        AddCommon(fields, place);
        if (isPerson) return new(fields, []);
        return new(fields, [.. Enumerable.Range(0, _random.Next(4)).Select(i => Contact(place, i))]);
    }

    Dictionary<string, string?> Person()
    {
        var gender = AnyGender();
        return new()
        {
            [nameof(Customer.Name)] = NameOf(gender),
            [nameof(Customer.Kind)] = nameof(CustomerKind.Person),
            [nameof(Customer.Segment)] = "个人消费者",
            [nameof(Customer.Gender)] = gender.ToString(),
            [nameof(Customer.Birthday)] = Birthday(),
            [nameof(Customer.IncomeBracket)] = One(Enum.GetNames<IncomeBracket>()),
        };
    }

    Dictionary<string, string?> Firm(DemoPlace place)
    {
        var trade = One(DemoTrade.All);
        return new()
        {
            [nameof(Customer.Name)] = place.Name + One(DemoWords.FirmFirst) + One(DemoWords.FirmSecond) + One(trade.Endings),
            [nameof(Customer.Kind)] = trade.Kind.ToString(),
            [nameof(Customer.Segment)] = trade.Segment,
            [nameof(Customer.Industry)] = trade.Industry,
            [nameof(Customer.CreditCode)] = CreditCode(),
            [nameof(Customer.CreditLimit)] = Often(70, () => Amount(_random.Next(1, 100) * 10_000)),
            [nameof(Customer.AnnualRevenue)] = Often(60, () => Amount(_random.Next(5, 5_000) * 100_000L)),
            [nameof(Customer.EconomicSituation)] = One(DemoWords.Situations),
            [nameof(Customer.Website)] = Often(40, () => $"https://{Domain()}"),
        };
    }

    void AddCommon(Dictionary<string, string?> fields, DemoPlace place)
    {
        var district = place.District(_random);
        fields[nameof(Customer.Phone)] = place.Phone(_random);
        fields[nameof(Customer.Email)] = Often(80, Email);
        fields[nameof(Customer.Region)] = district.Code;
        fields[nameof(Customer.City)] = place.Name;
        fields[nameof(Customer.Address)] = $"{One(DemoWords.Streets)}{_random.Next(1, 400)}号";
        fields[nameof(Customer.Source)] = One(DemoWords.Sources);
        fields[nameof(Customer.Style)] = One(DemoWords.Styles);
        fields[nameof(Customer.Tags)] = string.Join(',', _random.GetItems(DemoWords.Tags, _random.Next(4)).Distinct());
        fields[nameof(Customer.ExternalId)] = ExternalId;
    }

    Dictionary<string, string?> Contact(DemoPlace place, int index)
    {
        var gender = AnyGender();
        var channels = _random.GetItems(Enum.GetNames<Channel>(), 2);
        return new()
        {
            [nameof(Customers.Contact.Name)] = NameOf(gender),
            [nameof(Customers.Contact.Department)] = One(DemoWords.Departments),
            [nameof(Customers.Contact.Position)] = One(DemoWords.Positions),
            [nameof(Customers.Contact.IsMain)] = index == 0 ? "true" : "false",
            [nameof(Customers.Contact.Phone)] = place.Phone(_random),
            [nameof(Customers.Contact.Email)] = Often(60, Email),
            [nameof(Customers.Contact.Gender)] = gender.ToString(),
            [nameof(Customers.Contact.Birthday)] = Often(50, Birthday),
            [nameof(Customers.Contact.PreferredChannels)] = channels[0],
            [nameof(Customers.Contact.ForbiddenChannels)] = channels[1] == channels[0] ? "" : Often(30, () => channels[1]),
            [nameof(Customers.Contact.BestTimeToCall)] = Often(40, () => One(DemoWords.CallTimes)),
            [nameof(Customers.Contact.Hobbies)] = string.Join(',', _random.GetItems(DemoWords.Hobbies, _random.Next(3)).Distinct()),
            [nameof(Customers.Contact.ExternalId)] = $"{ExternalId}-{index + 1}",
        };
    }

    string NameOf(Gender gender) => One(DemoWords.Surnames) + One(gender == Gender.Female ? DemoWords.FemaleNames : DemoWords.MaleNames);

    string CreditCode()
    {
        var code = "91" + NoSuchOffice + "MA" + new string(_random.GetItems<char>(CreditCodeAttribute.Alphabet, 7));
        return code + CreditCodeAttribute.CheckCharacter(code);
    }

    string Birthday() => YoungestBorn.AddDays(-_random.Next(50 * 365)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    string Email() => string.Create(CultureInfo.InvariantCulture, $"{One(DemoWords.Syllables)}.{One(DemoWords.Syllables)}{_random.Next(10, 100)}@{Domain()}");

    // .example is reserved (RFC 2606): mail to it reaches nobody.
    string Domain() => $"{One(DemoWords.Syllables)}{One(DemoWords.Syllables)}.example";

    Gender AnyGender() => Chance(50) ? Gender.Female : Gender.Male;

    bool Chance(int percent) => _random.Next(100) < percent;

    string Often(int percent, Func<string> value) => Chance(percent) ? value() : "";

    T One<T>(T[] all) => all[_random.Next(all.Length)];

    static string Amount(long yuan) => string.Create(CultureInfo.InvariantCulture, $"{yuan}.00 CNY");
}
