namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Global memory as a launch sees it: the views of its arguments, nothing else.</summary>
internal sealed unsafe class PtxMemory
{
    private readonly (nint Start, nint End, PtxRegion Region)[] _views;
    private int _latest;

    public PtxMemory(PtxHeap heap, IReadOnlyList<PtxView> views) =>
        _views = [.. views.Where(v => v.SizeInBytes > 0).Select((v, i) => (v.Address, v.Address + (nint)v.SizeInBytes, Region(heap, v, i)))];

    /// <summary>Checks an access and notes it.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Check(nint address, int bytes, int alignment, PtxKind kind, PtxThread thread)
    {
        if (address % alignment != 0)
        {
            return $"the address 0x{address:x} is no multiple of {alignment}";
        }

        if (FindRegion(address, bytes) is not { } region)
        {
            return $"{bytes} bytes at 0x{address:x} lie outside of every argument: {Nearest(address)}";
        }

        long from = address - region.Address;
        if (kind != PtxKind.Store && !region.IsDefined(from, bytes))
        {
            return $"byte {from} of {region.Name} was never written";
        }

        if (kind == PtxKind.Load)
        {
            return region.Read(from, bytes, thread);
        }

        region.Define(from, bytes);
        return region.Write(from, bytes, thread, kind == PtxKind.Atomic);
    }

    private static PtxRegion Region(PtxHeap heap, PtxView view, int number)
    {
        PtxRegion? region = heap.Find(view.Address);
        return region is not null && view.Address + (nint)view.SizeInBytes <= region.Address + (nint)region.SizeInBytes
            ? region
            : new PtxRegion($"view {number}", view.Address, view.SizeInBytes, isDefined: true);
    }

    private PtxRegion? FindRegion(nint address, int bytes)
    {
        for (int i = 0; i < _views.Length; i++)
        {
            int view = (_latest + i) % _views.Length;
            if (address >= _views[view].Start && address + bytes <= _views[view].End)
            {
                _latest = view;
                return _views[view].Region;
            }
        }

        return null;
    }

    private string Nearest(nint address)
    {
        (nint start, nint end, PtxRegion region) = _views.MinBy(v => long.Min(long.Abs(address - v.Start), long.Abs(address - v.End)));
        return region is null ? "there is none" : $"the nearest, in {region.Name}, has {end - start} bytes, and this is byte {address - start}";
    }
}
