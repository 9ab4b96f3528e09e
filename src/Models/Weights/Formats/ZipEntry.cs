namespace CAManim.Native.Models.Weights.Formats;

/// <summary>An entry of a zip file.</summary>
/// <param name="Name">Path inside the zip file.</param>
/// <param name="HeaderStart">Where its local header starts.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Crc">CRC-32 of its bytes; 0 where the writer left it out.</param>
/// <param name="IsStored">Whether its bytes lie as they are, neither compressed nor encrypted.</param>
internal sealed record ZipEntry(string Name, long HeaderStart, long Length, uint Crc, bool IsStored);
