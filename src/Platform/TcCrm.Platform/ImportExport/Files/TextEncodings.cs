using System.Text;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>Which encoding a text file has: byte order mark, strict UTF-8 over the whole file, else GB18030, which covers GBK and GB2312.</summary>
public static class TextEncodings
{
    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");

    /// <exception cref="BusinessRuleException">The name is not known.</exception>
    public static Encoding Named(string name)
    {
        if (name.ToUpperInvariant() is "GBK" or "GB2312" or "CP936")
            return Gb18030;
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            throw new BusinessRuleException("The encoding \"{0}\" is not known. Use auto, utf-8 or gb18030.", null, name);
        }
    }

    public static Encoding Of(Stream stream, string? name)
    {
        if (!string.IsNullOrEmpty(name) && !name.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return Named(name);
        return ByMark(stream) ?? (IsUtf8(stream) ? Encoding.UTF8 : Gb18030);
    }

    static Encoding? ByMark(Stream stream)
    {
        Span<byte> start = stackalloc byte[3];
        stream.Position = 0;
        var read = stream.ReadAtLeast(start, 3, throwOnEndOfStream: false);
        return start[..read] switch
        {
            [0xEF, 0xBB, 0xBF] => Encoding.UTF8,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    static bool IsUtf8(Stream stream)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[1 << 16];
        var chars = new char[(1 << 16) + 1];
        stream.Position = 0;
        try
        {
            int read;
            while ((read = stream.Read(bytes)) > 0)
                decoder.GetChars(bytes.AsSpan(0, read), chars, flush: false);
            decoder.GetChars([], chars, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
