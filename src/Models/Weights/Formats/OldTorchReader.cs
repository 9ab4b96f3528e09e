using System.Buffers.Binary;
using CAManim.Native.Models.Weights.Pickle;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>
/// PyTorch's format before 1.6: pickles of a magic number, the protocol, the writer's system, the object and the keys of the storages;
/// then for each storage its number of elements (int64) and its bytes.
/// </summary>
internal static class OldTorchReader
{
    /// <summary>A state dict takes about 300 bytes a tensor.</summary>
    private const int PickleLimit = 64 << 20;

    private static readonly byte[] Magic = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    public static bool Matches(ReadOnlySpan<byte> start) => start.Length > 2 && start[0] == 0x80 && start[2..].StartsWith(Magic);

    public static WeightFile Read(SafeFileHandle handle, string path, long length, string? stateKey)
    {
        var storages = new List<PickleStorage>();
        object?[] parts = ReadPickles(handle, path, length, storages, out PickleBudget budget, out int position);
        if (parts[2] is PickleDict system && system.Items.Any(i => i.Key == "little_endian" && i.Value is false))
        {
            throw new PickleException("it was written on a big-endian machine; save it again on a little-endian one", PickleFault.Content);
        }

        if (parts[4] is not List<object?> keys)
        {
            throw new PickleException("it does not list its storages");
        }

        Dictionary<string, (long Start, long Count)> located = Locate(handle, path, length, position, keys, storages);
        (PickledTensors chosen, IReadOnlyList<PickledTensors> others) = PickledState.Find(parts[3], stateKey, budget);
        IReadOnlyList<WeightEntry> entries = PickledEntries.Of(chosen.Tensors, budget, storage => located.TryGetValue(storage.Key, out (long Start, long Count) found) && found.Count == storage.Count
            ? new FileWeightSource(handle, found.Start, path)
            : throw new PickleException($"the storage '{storage.Key}' of {storage.Count} elements is not there"));
        return new WeightFile(handle, path, "PyTorch (old format)", entries, null) { StateKey = chosen.Path, OtherStates = [.. others.Select(o => o.ToString())] };
    }

    /// <summary>Reads a little first: the pickles are a small part of the file, and reading it twice would cost as much as loading.</summary>
    private static object?[] ReadPickles(SafeFileHandle handle, string path, long length, List<PickleStorage> storages, out PickleBudget budget, out int position)
    {
        const int firstTry = 2 << 20;
        byte[] start = new byte[Math.Min(length, firstTry)];
        new FileWeightSource(handle, 0, path).Read(0, start);
        try
        {
            budget = new PickleBudget(start.Length);
            return Unpickle(start, storages, budget, out position);
        }
        catch (PickleException e) when (e.Fault == PickleFault.Damage && length > firstTry)
        {
            storages.Clear();
            start = new byte[Math.Min(length, PickleLimit)];
            new FileWeightSource(handle, 0, path).Read(0, start);
            budget = new PickleBudget(start.Length);
            return Unpickle(start, storages, budget, out position);
        }
    }

    private static object?[] Unpickle(byte[] start, List<PickleStorage> storages, PickleBudget budget, out int position)
    {
        var parts = new object?[5];
        position = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Unpickler.Read(start.AsMemory(position), storages, budget, out int taken);
            position += taken;
        }

        return parts;
    }

    /// <summary>Where each storage lies; their sizes are known only from their element types, and their order is that of the list.</summary>
    private static Dictionary<string, (long Start, long Count)> Locate(SafeFileHandle handle, string path, long length, long position, List<object?> keys, List<PickleStorage> described)
    {
        var types = new Dictionary<string, WeightType>(StringComparer.Ordinal);
        foreach (PickleStorage storage in described)
        {
            types[storage.Key] = storage.Type;
        }

        var storages = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        Span<byte> number = stackalloc byte[8];
        foreach (object? item in keys)
        {
            if (item is not string key || !types.TryGetValue(key, out WeightType type))
            {
                throw new PickleException($"the storage '{item}' is listed but not described");
            }

            if (position > length - 8)
            {
                throw new PickleException($"it ends at byte {length}, before the storage '{key}'");
            }

            new FileWeightSource(handle, position, path).Read(0, number);
            long count = BinaryPrimitives.ReadInt64LittleEndian(number);
            position += 8;
            if (count < 0 || count > (length - position) / type.SizeInBytes())
            {
                throw new PickleException($"the storage '{key}' should have {count} elements at byte {position}, the file ends at byte {length}");
            }

            storages[key] = (position, count);
            position += count * type.SizeInBytes();
        }

        return storages;
    }
}
