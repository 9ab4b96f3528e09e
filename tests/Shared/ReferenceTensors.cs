using System.Runtime.InteropServices;
using System.Text.Json;

namespace CAManim.Native.Tests;

/// <summary>A plain reader of float32 <c>.safetensors</c> files for tests, apart from the product's own reader.</summary>
public sealed class ReferenceTensors
{
    private readonly byte[] _content;
    private readonly int _dataStart;
    private readonly Dictionary<string, (int[] Shape, int Start, int End)> _entries = [];

    public ReferenceTensors(string path)
    {
        _content = File.ReadAllBytes(path);
        int headerLength = (int)BitConverter.ToUInt64(_content);
        _dataStart = 8 + headerLength;
        using JsonDocument header = JsonDocument.Parse(_content.AsMemory(8, headerLength));
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                Metadata = entry.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
                continue;
            }

            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
            JsonElement offsets = entry.Value.GetProperty("data_offsets");
            _entries[entry.Name] = (shape, offsets[0].GetInt32(), offsets[1].GetInt32());
        }
    }

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public IEnumerable<string> Keys => _entries.Keys;

    public bool Contains(string key) => _entries.ContainsKey(key);

    public int[] Shape(string key) => _entries[key].Shape;

    public float[] Floats(string key) => MemoryMarshal.Cast<byte, float>(Bytes(key)).ToArray();

    public byte[] Bytes(string key)
    {
        (_, int start, int end) = _entries[key];
        return _content[(_dataStart + start)..(_dataStart + end)];
    }
}
