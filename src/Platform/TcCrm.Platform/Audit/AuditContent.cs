using System.Security.Cryptography;

namespace TcCrm.Platform.Audit;

/// <summary>
/// What an entry says, in the one form of bytes that its digest is made of. What may speak of a person is hashed with the salt first and goes into
/// the digest as that hash: so it can be erased later, salt and all, and the rest of the entry still proves itself.
/// </summary>
sealed record AuditContent(Guid Id, DateTime At, Guid? UserId, string Action, string RecordType, Guid? RecordId, string Details, string? Address, string? Agent)
{
    public const int SaltLength = 16;
    const byte Form = 1;

    public byte[] Personal(byte[] salt) => Hash(bytes =>
    {
        bytes.Write((byte)salt.Length);
        bytes.Write(salt);
        bytes.Write(Details);
        Write(bytes, Address);
        Write(bytes, Agent);
    });

    public byte[] Digest(byte[] personal) => Hash(bytes =>
    {
        bytes.Write(Form);
        Write(bytes, Id);
        bytes.Write(At.Ticks / TimeSpan.TicksPerMicrosecond);
        Write(bytes, UserId);
        bytes.Write(Action);
        bytes.Write(RecordType);
        Write(bytes, RecordId);
        bytes.Write(personal);
    });

    static byte[] Hash(Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var bytes = new BinaryWriter(buffer, System.Text.Encoding.UTF8, leaveOpen: true)) write(bytes);
        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    static void Write(BinaryWriter bytes, string? text)
    {
        bytes.Write(text is not null);
        if (text is not null) bytes.Write(text);
    }

    static void Write(BinaryWriter bytes, Guid? id)
    {
        bytes.Write(id is not null);
        if (id is { } given) bytes.Write(given.ToByteArray(bigEndian: true));
    }
}
