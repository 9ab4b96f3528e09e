using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>Recognises a format by the first bytes, never by the name.</summary>
internal static class FormatReader
{
    public static WeightFile Read(SafeFileHandle handle, string path)
    {
        long length = RandomAccess.GetLength(handle);
        Span<byte> start = stackalloc byte[16];
        start = start[..RandomAccess.Read(handle, start, 0)];
        if (SafeTensorsReader.Matches(start, length))
        {
            return SafeTensorsReader.Read(handle, path, length);
        }

        throw new WeightFileException($"'{path}' ({length} bytes) is no weight file that is known here: it starts with {Convert.ToHexString(start)}. Known are .safetensors, PyTorch's .pth and .pt (zip and old format) and TorchSharp's .dat.");
    }
}
