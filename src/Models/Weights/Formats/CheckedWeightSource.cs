namespace CAManim.Native.Models.Weights.Formats;

/// <summary>
/// A zip entry whose CRC-32 is checked while it is read in order, as loading does; a read that starts elsewhere checks the whole entry first, once.
/// </summary>
internal sealed class CheckedWeightSource(WeightSource source, ZipEntry entry, string path) : WeightSource
{
    private const int Piece = 256 * 1024;

    // Tensors are loaded by several threads, and some share a storage.
    private readonly Lock _lock = new();
    private long _next;
    private uint _crc;
    private bool _verified;

    public override void Read(long offset, Span<byte> destination)
    {
        using Lock.Scope scope = _lock.EnterScope();
        if (offset != 0 && offset != _next && !_verified)
        {
            ReadAll();
        }

        // In pieces: the checksum finds them in the cache, where reading left them.
        for (int start = 0; start < destination.Length; start += Piece)
        {
            Span<byte> piece = destination.Slice(start, Math.Min(Piece, destination.Length - start));
            source.Read(offset + start, piece);
            Follow(offset + start, piece);
        }
    }

    private void Follow(long offset, ReadOnlySpan<byte> bytes)
    {
        if (_verified || entry.Crc == 0)
        {
            return;
        }

        _crc = Crc32.Append(offset == 0 ? 0 : _crc, bytes);
        _next = offset + bytes.Length;
        if (_next < entry.Length)
        {
            return;
        }

        if (_crc != entry.Crc)
        {
            throw new WeightFileException($"The PyTorch file '{path}' is damaged: the checksum of '{entry.Name}' is {_crc:X8}, expected {entry.Crc:X8}. Download or copy it again.");
        }

        _verified = true;
    }

    private void ReadAll()
    {
        byte[] piece = new byte[(int)Math.Min(entry.Length, Piece)];
        for (long position = 0; position < entry.Length; position += piece.Length)
        {
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, entry.Length - position));
            source.Read(position, bytes);
            Follow(position, bytes);
        }
    }
}
