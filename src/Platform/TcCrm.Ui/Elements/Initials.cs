using System.Globalization;

namespace TcCrm.Ui;

/// <summary>One or two signs for a name: the last of a Chinese person's name, the first letters of a Latin one.</summary>
public static class Initials
{
    public static string OfPerson(string name) => Of(name, last: true);

    public static string OfFirm(string name) => Of(name, last: false);

    static string Of(string name, bool last)
    {
        var words = name.Split([' ', '.', '_', '-', '·', '@'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return "?";
        if (IsHan(words[0][0]))
            return last ? LastSign(words[0]) : StringInfo.GetNextTextElement(words[0]);
        return string.Concat(words.Take(2).Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
    }

    static string LastSign(string word)
    {
        var signs = StringInfo.GetTextElementEnumerator(word);
        var sign = word;
        while (signs.MoveNext() && char.IsLetter(signs.GetTextElement(), 0))
            sign = signs.GetTextElement();
        return sign;
    }

    static bool IsHan(char sign) => sign is >= '\u3400' and <= '\u9fff' || char.IsSurrogate(sign);
}
