using System.Diagnostics;
using CAManim.Native.Engine.Live;

namespace CAManim.Native.Server.Live;

/// <summary>The newest packet for any number of viewers; each takes it when it is free, and misses those in between.</summary>
internal sealed class PacketBoard
{
    /// <summary>Pages that are open at once: each has a copy of a frame.</summary>
    public const int MostViewers = 64;

    private readonly Lock _lock = new();
    private readonly List<Viewer> _viewers = [];
    private byte[] _bytes = [];
    private int _length;
    private LiveMap[] _maps = [];
    private long _published;

    /// <summary>Goes up when viewers must be told anew what they see.</summary>
    public int SetupVersion { get; private set; } = 1;

    /// <summary>Number of the newest packet; 0 before the first.</summary>
    public long Version { get; private set; }

    public int Viewers
    {
        get
        {
            lock (_lock)
            {
                return _viewers.Count;
            }
        }
    }

    /// <summary>The layers of the newest packet.</summary>
    public IReadOnlyList<LiveMap> Layers => _maps;

    /// <summary>Whether every viewer has drawn the newest packet for a while, or has had very long for it.</summary>
    public bool IsDrawn(TimeSpan since, TimeSpan atMost)
    {
        lock (_lock)
        {
            return Stopwatch.GetElapsedTime(_published) > atMost || _viewers.TrueForAll(v => v.HasDrawn(Version, since));
        }
    }

    /// <returns>Whether there was room.</returns>
    public bool TryAdd(Viewer viewer)
    {
        lock (_lock)
        {
            if (_viewers.Count >= MostViewers)
            {
                return false;
            }

            _viewers.Add(viewer);
            return true;
        }
    }

    public void Remove(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
        }
    }

    /// <summary>Says that what viewers know is no longer so.</summary>
    public void Touch()
    {
        lock (_lock)
        {
            SetupVersion++;
            _viewers.ForEach(static v => v.Wake());
        }
    }

    /// <summary>Tells all viewers what went wrong.</summary>
    public void Tell(string message)
    {
        lock (_lock)
        {
            _viewers.ForEach(v => v.Refuse(message));
        }
    }

    /// <summary>Says which layers the next packet has.</summary>
    public void Describe(IReadOnlyList<LiveMap> maps)
    {
        bool isSame = maps.Count == _maps.Length;
        for (int i = 0; i < _maps.Length && isSame; i++)
        {
            isSame = ReferenceEquals(maps[i], _maps[i]);
        }

        if (!isSame)
        {
            _maps = [.. maps];
            Touch();
        }
    }

    public void Publish(ReadOnlySpan<byte> packet)
    {
        lock (_lock)
        {
            if (_bytes.Length < packet.Length)
            {
                _bytes = new byte[packet.Length];
            }

            packet.CopyTo(_bytes);
            _length = packet.Length;
            (Version, _published) = (Version + 1, Stopwatch.GetTimestamp());
            _viewers.ForEach(static v => v.Wake());
        }
    }

    /// <summary>Copies the newest packet.</summary>
    /// <returns>Its length and number.</returns>
    public (int Length, long Version) Copy(ref byte[] buffer)
    {
        lock (_lock)
        {
            if (buffer.Length < _length)
            {
                buffer = new byte[_bytes.Length];
            }

            _bytes.AsSpan(0, _length).CopyTo(buffer);
            return (_length, Version);
        }
    }
}
