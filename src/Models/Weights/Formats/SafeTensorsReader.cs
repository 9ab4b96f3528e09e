using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>The safetensors format: length of the header (uint64, little-endian), JSON header, tensors without gaps.</summary>
internal static class SafeTensorsReader
{
    /// <summary>The limit that the format's own reader sets.</summary>
    private const long HeaderLimit = 100_000_000;

    private const int DimensionLimit = 32;

    public static bool Matches(ReadOnlySpan<byte> start, long length) =>
        start.Length > 8 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) is >= 2 and <= HeaderLimit;

    public static WeightFile Read(SafeFileHandle handle, string path, long length)
    {
        Span<byte> prefix = stackalloc byte[8];
        RandomAccess.Read(handle, prefix, 0);
        long headerLength = checked((long)BinaryPrimitives.ReadUInt64LittleEndian(prefix));
        if (headerLength > length - 8)
        {
            throw new WeightFileException($"The safetensors file '{path}' is damaged: its header should have {headerLength} bytes, only {length - 8} follow. Download or copy it again.");
        }

        byte[] header = new byte[headerLength];
        new FileWeightSource(handle, 8, path).Read(0, header);
        try
        {
            using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(handle, path, document.RootElement, 8 + headerLength, length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException or ArgumentException)
        {
            throw new WeightFileException($"The safetensors file '{path}' is damaged: its header is not what the format asks for ({e.Message}). Download or copy it again.", e);
        }
    }

    private static WeightFile Read(SafeFileHandle handle, string path, JsonElement root, long dataStart, long length)
    {
        var entries = new List<WeightEntry>();
        var ranges = new List<(long Start, long End, string Key)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, string>? metadata = null;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!keys.Add(property.Name))
            {
                throw Damaged(path, $"the key '{property.Name}' appears twice");
            }

            if (property.Name == "__metadata__")
            {
                metadata = property.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
                continue;
            }

            WeightType type = Type(property.Value.GetProperty("dtype").GetString() ?? "", property.Name, path);
            long[] shape = Shape(property.Value.GetProperty("shape"), property.Name, path);
            JsonElement offsets = property.Value.GetProperty("data_offsets");
            (long start, long end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
            if (offsets.GetArrayLength() != 2 || start < 0 || end < start || end > length - dataStart)
            {
                throw Damaged(path, $"'{property.Name}' should lie at bytes {start} to {end} of {length - dataStart}");
            }

            var entry = new WeightEntry(property.Name, type, shape, new FileWeightSource(handle, dataStart + start, path));
            if (entry.SizeInBytes != end - start)
            {
                throw Damaged(path, $"'{property.Name}', {type} [{string.Join(',', shape)}], needs {entry.SizeInBytes} bytes and has {end - start}");
            }

            entries.Add(entry);
            ranges.Add((start, end, property.Name));
        }

        CheckCoverage(ranges, length - dataStart, path);
        return new WeightFile(handle, path, "safetensors", entries, metadata);
    }

    /// <summary>Tensors neither overlap nor leave gaps; what the format demands so that nothing can hide in a file.</summary>
    private static void CheckCoverage(List<(long Start, long End, string Key)> ranges, long dataLength, string path)
    {
        ranges.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        long position = 0;
        foreach ((long start, long end, string key) in ranges)
        {
            if (start != position)
            {
                throw Damaged(path, $"'{key}' starts at byte {start}, expected {position}");
            }

            position = end;
        }

        if (position != dataLength)
        {
            throw Damaged(path, $"its tensors take {position} bytes, {dataLength} are there");
        }
    }

    private static long[] Shape(JsonElement shape, string key, string path)
    {
        if (shape.GetArrayLength() > DimensionLimit)
        {
            throw Damaged(path, $"'{key}' has {shape.GetArrayLength()} dimensions, at most {DimensionLimit} are read");
        }

        long[] dimensions = [.. shape.EnumerateArray().Select(d => d.GetInt64())];
        return Array.TrueForAll(dimensions, d => d >= 0) ? dimensions : throw Damaged(path, $"'{key}' has a negative dimension");
    }

    private static WeightType Type(string name, string key, string path) => name switch
    {
        "F64" => WeightType.Float64,
        "F32" => WeightType.Float32,
        "F16" => WeightType.Float16,
        "BF16" => WeightType.BFloat16,
        "I64" => WeightType.Int64,
        "I32" => WeightType.Int32,
        "I16" => WeightType.Int16,
        "I8" => WeightType.Int8,
        "U8" => WeightType.UInt8,
        "BOOL" => WeightType.Bool,
        _ => throw new WeightFileException($"The tensor '{key}' of '{path}' has the element type '{name}'; read are F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL. Convert it to one of these."),
    };

    private static WeightFileException Damaged(string path, string what) =>
        new($"The safetensors file '{path}' is damaged: {what}. Download or copy it again.");
}
