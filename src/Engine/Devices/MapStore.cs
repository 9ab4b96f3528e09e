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
    private int _current;

    /// <summary>Room for floats.</summary>
    /// <returns>Where it will be found after <see cref="Fetch"/>, and its address now.</returns>
    public (MapRoom Room, nint Address) Take(int length)
    {
        int padded = (length + Alignment - 1) / Alignment * Alignment;
        while (_current < _chunks.Count && _chunks[_current].Used + padded > _chunks[_current].Memory.numel())
        {
            _current++;
        }

        if (_current == _chunks.Count)
        {
            _chunks.Add((empty([Math.Max(ChunkLength, padded)], ScalarType.Float32, device).DetachFromDisposeScope(), 0));
        }

        (Tensor memory, int used) = _chunks[_current];
        _chunks[_current] = (memory, used + padded);
        return (new MapRoom(_current, used, length), TensorMemory.AddressOf(memory) + (used * sizeof(float)));
    }

    /// <summary>Takes all rooms back; the memory stays for the next run.</summary>
    public void Reset()
    {
        _current = 0;
        for (int i = 0; i < _chunks.Count; i++)
        {
            _chunks[i] = (_chunks[i].Memory, 0);
        }
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
