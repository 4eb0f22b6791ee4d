using System.Globalization;

namespace TcCrm;

/// <summary>An amount in minor units (fen, cents) of a currency (ISO 4217). Decimal in memory only; the database keeps the integer.</summary>
public sealed record Money(long Minor, string Currency)
{
    static readonly Dictionary<string, int> OtherDigits = new(StringComparer.Ordinal) { ["JPY"] = 0, ["KRW"] = 0, ["VND"] = 0, ["KWD"] = 3, ["BHD"] = 3, ["TND"] = 3 };

    public decimal Amount => Minor / Factor(Currency);

    /// <summary>Rounds half away from zero to the currency's smallest unit.</summary>
    /// <exception cref="OverflowException">The amount does not fit into 64 bits.</exception>
    public static Money Of(decimal amount, string currency) =>
        new(checked((long)decimal.Round(amount * Factor(currency), 0, MidpointRounding.AwayFromZero)), currency);

    /// <summary>Digits behind the point: 2 for CNY, 0 for JPY.</summary>
    public static int Digits(string currency) => OtherDigits.GetValueOrDefault(currency, 2);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount.ToString("F" + Digits(Currency), CultureInfo.InvariantCulture)} {Currency}");

    static decimal Factor(string currency) => Digits(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
