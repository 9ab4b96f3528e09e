using CAManim.Native.Models.Weights.Pickle;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>Recognises a format by the first bytes, never by the name.</summary>
internal static class FormatReader
{
    public static WeightFile Read(SafeFileHandle handle, string path, string? stateKey)
    {
        long length = RandomAccess.GetLength(handle);
        Span<byte> start = stackalloc byte[16];
        start = start[..RandomAccess.Read(handle, start, 0)];
        try
        {
            return Dispatch(handle, path, length, start, stateKey);
        }
        catch (PickleException e) when (e.Fault == PickleFault.Refusal)
        {
            throw new WeightFileException($"The weight file '{path}' is refused: {e.Message}. Use it only if you trust its origin, and then save model.state_dict() from Python, best as .safetensors.", e);
        }
        catch (PickleException e) when (e.Fault == PickleFault.Content)
        {
            throw new WeightFileException($"The weight file '{path}' is whole, but cannot be used: {e.Message}.", e);
        }
        catch (PickleException e)
        {
            throw new WeightFileException($"The weight file '{path}' is damaged: {e.Message}. Download or copy it again.", e);
        }
    }

    private static WeightFile Dispatch(SafeFileHandle handle, string path, long length, ReadOnlySpan<byte> start, string? stateKey)
    {
        if (SafeTensorsReader.Matches(start, length))
        {
            return SafeTensorsReader.Read(handle, path, length).Under(stateKey);
        }

        if (ShardedReader.Matches(start, path))
        {
            return ShardedReader.Read(handle, path, length).Under(stateKey);
        }

        if (start.StartsWith("PK"u8))
        {
            return TorchZipReader.Read(handle, path, length, stateKey);
        }

        if (OldTorchReader.Matches(start))
        {
            return OldTorchReader.Read(handle, path, length, stateKey);
        }

        return TorchSharpReader.TryRead(handle, path, length)?.Under(stateKey) ?? throw Unknown(path, length, start);
    }

    private static WeightFileException Unknown(string path, long length, ReadOnlySpan<byte> start)
    {
        string found = length == 0 ? "it is empty"
            : start.StartsWith("version https://"u8[..Math.Min(16, start.Length)]) ? "it is a Git LFS pointer, not the file itself; fetch it with 'git lfs pull'"
            : start.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0 ? "it is text"
            : start[0] == 0x80 ? "it is a pickle that torch.save did not write, or it is damaged"
            : $"it starts with {Convert.ToHexString(start)}";
        return new WeightFileException($"'{path}' ({length} bytes) is no weight file that is known here: {found}. Known are .safetensors (and the .index.json of several), PyTorch's .pth and .pt (zip and old format) and TorchSharp's .dat.");
    }
}
