using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>A block of threads: its warps, its shared memory and its barriers.</summary>
internal sealed unsafe class PtxBlock : IDisposable
{
    // The strictest alignment that a vector access asks for.
    private const int SharedAlignment = 16;

    private readonly PtxLaunch _launch;
    private readonly PtxWarp[] _warps;
    private readonly byte* _shared;
    private readonly PtxRegion _region;

    public PtxBlock(PtxLaunch launch)
    {
        _launch = launch;
        int bytes = int.Max(SharedAlignment, launch.Program.SharedBytes);
        _shared = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, SharedAlignment);
        _region = new PtxRegion("shared memory", 0, bytes, isDefined: false);
        _warps = [.. Enumerable.Range(0, (launch.Threads + PtxWarp.Lanes - 1) / PtxWarp.Lanes).Select(warp => new PtxWarp(launch, this, warp))];
    }

    /// <summary>Which block it is now.</summary>
    public int Number { get; private set; }

    /// <summary>Barriers passed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Runs the block of a number from start to end.</summary>
    public void Run(int number)
    {
        (Number, Epoch) = (number, 0);
        _launch.Generation++;
        _region.Undefine();
        foreach (PtxWarp warp in _warps)
        {
            warp.Start();
        }

        while (true)
        {
            // Every other time from the last on: what depends on the order of warps is not right.
            for (int i = 0; i < _warps.Length; i++)
            {
                _warps[(_launch.IsReversed ^ (Epoch % 2 == 1)) ? _warps.Length - 1 - i : i].Run();
            }

            if (Array.TrueForAll(_warps, warp => warp.IsDone))
            {
                return;
            }

            if (Array.Exists(_warps, warp => warp.IsDone))
            {
                throw new PtxFault($"{_launch.Program.Name}, block {number}: some threads wait at a barrier and others have ended");
            }

            Epoch++;
            _launch.Counters.Barriers++;
            foreach (PtxWarp warp in _warps)
            {
                warp.Release();
            }
        }
    }

    /// <summary>Checks an access of shared memory and gives its place.</summary>
    public byte* Shared(long offset, int bytes, int alignment, PtxKind kind, int thread, out string? fault)
    {
        PtxThread who = new(_launch.Generation, Number, thread, Epoch);
        fault = offset < 0 || offset + bytes > _launch.Program.SharedBytes ? $"byte {offset} of shared memory, which has {_launch.Program.SharedBytes}"
            : offset % alignment != 0 ? $"byte {offset} of shared memory is no multiple of {alignment}"
            : kind != PtxKind.Store && !_region.IsDefined(offset, bytes) ? $"byte {offset} of shared memory was never written by this block"
            : kind == PtxKind.Load ? _region.Read(offset, bytes, who)
            : _region.Write(offset, bytes, who, kind == PtxKind.Atomic);
        if (fault is null && kind != PtxKind.Load)
        {
            _region.Define(offset, bytes);
        }

        return _shared + offset;
    }

    public void Dispose() => NativeMemory.AlignedFree(_shared);
}
