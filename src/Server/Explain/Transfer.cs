using System.Diagnostics;

namespace CAManim.Native.Server.Explain;

/// <summary>One body on its way; disposing gives its place and its memory back.</summary>
internal sealed class Transfer : IDisposable
{
    private readonly Transfers _all;
    private readonly CancellationTokenSource _ending = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _moved;
    private long _held;
    private bool _isDisposed;

    public Transfer(Transfers all, byte[] address) => (_all, Address, HasToGo) = (all, address, _ending.Token);

    /// <summary>Whose it is.</summary>
    public byte[] Address { get; }

    /// <summary>Since when it is on its way.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_start);

    public double BytesPerSecond => Interlocked.Read(ref _moved) / Age.TotalSeconds;

    /// <summary>Cancelled where another needs the place.</summary>
    public CancellationToken HasToGo { get; }

    /// <summary>Counts what has moved.</summary>
    public void Move(int bytes) => Interlocked.Add(ref _moved, bytes);

    /// <summary>Asks for memory.</summary>
    /// <returns>Whether there is so much.</returns>
    public bool TryTake(int bytes)
    {
        bool isThere = _all.TryTake(bytes);
        _held += isThere ? bytes : 0;
        return isThere;
    }

    /// <summary>It is whole: it holds its memory, and its place no longer.</summary>
    public void Arrive() => _all.Arrive(this);

    /// <summary>Called under the lock of all: only tells.</summary>
    public void GiveWay() => _ = Task.Run(_ending.Cancel);

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _all.GiveBack(this, _held);
        }
    }
}
