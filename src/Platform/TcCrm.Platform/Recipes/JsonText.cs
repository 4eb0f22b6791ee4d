using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TcCrm.Platform.Recipes;

/// <summary>The bytes of a JSON document: in memory, or left in their file and read piece by piece.</summary>
abstract class JsonText
{
    public const int Piece = 64 << 10;
    static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    public abstract int Length { get; }

    public static JsonText Of(ReadOnlyMemory<byte> utf8) => new InMemory(utf8.Span.StartsWith(Mark) ? utf8[Mark.Length..] : utf8);

    /// <summary>The file must stay what it is while it is read.</summary>
    /// <exception cref="OverflowException">It has 2 GB or more.</exception>
    public static JsonText InFile(string path)
    {
        var handle = File.OpenHandle(path);
        Span<byte> first = stackalloc byte[Mark.Length];
        var begin = RandomAccess.Read(handle, first, 0) == first.Length && first.SequenceEqual(Mark) ? Mark.Length : 0;
        return new OnDisk(handle, begin, checked((int)(RandomAccess.GetLength(handle) - begin)));
    }

    public void Read(int at, Span<byte> into)
    {
        for (var done = 0; done < into.Length;)
        {
            var read = ReadSome(at + done, into[done..]);
            if (read == 0) throw new EndOfStreamException();
            done += read;
        }
    }

    public bool IsUtf8()
    {
        var (decoder, bytes) = (new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder(), new byte[Math.Min(Piece, Length)]);
        var chars = new char[Piece + 1];
        try
        {
            for (var at = 0; at < Length; at += bytes.Length)
            {
                var piece = bytes.AsSpan(0, Math.Min(bytes.Length, Length - at));
                Read(at, piece);
                decoder.GetChars(piece, chars, flush: at + piece.Length == Length);
            }
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    protected abstract int ReadSome(int at, Span<byte> into);

    sealed class InMemory(ReadOnlyMemory<byte> utf8) : JsonText
    {
        public override int Length => utf8.Length;

        protected override int ReadSome(int at, Span<byte> into)
        {
            utf8.Span.Slice(at, into.Length).CopyTo(into);
            return into.Length;
        }
    }

    sealed class OnDisk(SafeFileHandle handle, int begin, int length) : JsonText
    {
        public override int Length => length;

        protected override int ReadSome(int at, Span<byte> into) => RandomAccess.Read(handle, into, begin + at);
    }
}
