using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;

namespace TcCrm.Platform.Recipes;

/// <summary>The functions of Orchard Core's recipes. Its <c>base64</c>, <c>html</c> and <c>gzip</c> decode.</summary>
sealed class ExpressionFunctions(Func<string, string> variable, RecipeValues values, IFileProvider files)
{
    const int LargestUnpacked = 32 << 20;
    readonly byte[] _seed = RandomNumberGenerator.GetBytes(16);
    (int Place, int Count) _at;

    public void BeginAt(int place) => _at = (place, 0);

    public string Call(string name, IReadOnlyList<string> args) => (name, args) switch
    {
        ("uuid", []) => NextId(),
        ("variables", [var key]) => variable(key),
        ("parameters", [var key]) => Parameter(key),
        ("configuration", [var key]) => values.Configuration(key) ?? "",
        ("configuration", [var key, var otherwise]) => values.Configuration(key) ?? otherwise,
        ("base64", [var text]) => Encoding.UTF8.GetString(Decode(text)),
        ("html", [var text]) => WebUtility.HtmlDecode(text),
        ("gzip", [var text]) => Convert.ToBase64String(Unpack(Decode(text))),
        _ => throw ExpressionReader.Refused(),
    };

    public string CallFile(string name, IReadOnlyList<string> args) => (name, args) switch
    {
        ("text", [var path]) => new StreamReader(new MemoryStream(Read(path))).ReadToEnd(),
        ("base64", [var path]) => Convert.ToBase64String(Read(path)),
        _ => throw ExpressionReader.Refused(),
    };

    string NextId()
    {
        Span<byte> from = stackalloc byte[24];
        _seed.CopyTo(from);
        BitConverter.TryWriteBytes(from[16..], _at.Place);
        BitConverter.TryWriteBytes(from[20..], _at.Count++);
        return ContentIds.Of(new(SHA256.HashData(from).AsSpan(0, 16)));
    }

    string Parameter(string name) => RecipeValues.IsSecret(name)
        ? throw new ExpressionRefusedException("The expression {0} asks for '{1}', a secret that recipes are not given.", name)
        : values.Parameter(name) ?? throw new ExpressionRefusedException("The expression {0} asks for the parameter '{1}', which is not known.", name);

    byte[] Read(string path) => RecipeFolder.Read(files, path)
        ?? throw new ExpressionRefusedException("The expression {0} asks for the file '{1}', which is not in the recipe's folder.", path);

    static byte[] Decode(string text) => Base64.IsValid(text) ? Convert.FromBase64String(text) : throw NotEncoded();

    static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var buffer = new byte[81920];
            for (var read = gzip.Read(buffer); read > 0 && unpacked.Length <= LargestUnpacked; read = gzip.Read(buffer)) unpacked.Write(buffer, 0, read);
        }
        catch (InvalidDataException)
        {
            throw NotEncoded();
        }
        return unpacked.Length <= LargestUnpacked ? unpacked.ToArray() : throw new ExpressionRefusedException("The expression {0} unpacks to more than {1} MB.", LargestUnpacked >> 20);
    }

    static ExpressionRefusedException NotEncoded() => new("The expression {0} does not contain valid base64 or gzip data.");
}
