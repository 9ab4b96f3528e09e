using System.Runtime.InteropServices;
using CAManim.Native.Engine.Interop;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Devices;

/// <summary>Memory for the maps of a run on a device, out of libtorch's allocator, which orders its use by the stream; read back in one piece a chunk.</summary>
internal sealed class MapStore(Device device) : IDisposable
{
    private const int ChunkLength = 4 << 20;

    // 16 bytes, for the widest store.
    private const int Alignment = 4;

    private readonly List<(Tensor Memory, int Used)> _chunks = [];
    private readonly List<float[]> _host = [];

    /// <summary>Room for floats.</summary>
    /// <returns>Where it will be found after <see cref="Fetch"/>, and its address now.</returns>
    public (MapRoom Room, nint Address) Take(int length)
    {
        int padded = (length + Alignment - 1) / Alignment * Alignment;
        if (_chunks.Count == 0 || _chunks[^1].Used + padded > _chunks[^1].Memory.numel())
        {
            _chunks.Add((empty([Math.Max(ChunkLength, padded)], ScalarType.Float32, device).DetachFromDisposeScope(), 0));
        }

        (Tensor memory, int used) = _chunks[^1];
        _chunks[^1] = (memory, used + padded);
        return (new MapRoom(_chunks.Count - 1, used, length), TensorMemory.AddressOf(memory) + (used * sizeof(float)));
    }

    /// <summary>Copies all that was taken to the host, after the work that fills it.</summary>
    public void Fetch()
    {
        _host.Clear();
        foreach ((Tensor memory, int used) in _chunks)
        {
            using Tensor part = memory.narrow(0, 0, used);
            using Tensor copy = part.cpu();
            _host.Add(MemoryMarshal.Cast<byte, float>(copy.bytes).ToArray());
        }
    }

    /// <summary>What was written there.</summary>
    public float[] Read(MapRoom room) => _host[room.Chunk].AsSpan(room.Start, room.Length).ToArray();

    public void Dispose() => _chunks.ForEach(chunk => chunk.Memory.Dispose());
}
