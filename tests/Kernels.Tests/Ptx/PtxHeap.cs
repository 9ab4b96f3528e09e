namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>The memory that the driver gave, and what was copied into it.</summary>
internal sealed class PtxHeap
{
    private readonly SortedList<nint, PtxRegion> _regions = [];

    /// <param name="name">For messages.</param>
    /// <param name="address">Of the first byte.</param>
    /// <param name="sizeInBytes">Its length.</param>
    /// <param name="isDefined">Whether it holds something already; else it may not be read before it is written.</param>
    public void Add(string name, nint address, long sizeInBytes, bool isDefined) => _regions[address] = new PtxRegion(name, address, sizeInBytes, isDefined);

    public void Remove(nint address) => _regions.Remove(address);

    /// <summary>The region that holds the address; memory of somebody else's has none.</summary>
    public PtxRegion? Find(nint address)
    {
        int low = 0;
        int high = _regions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _regions.Keys[middle] <= address ? (middle + 1, high) : (low, middle);
        }

        PtxRegion? region = low > 0 ? _regions.Values[low - 1] : null;
        return region is not null && address < region.Address + (nint)region.SizeInBytes ? region : null;
    }

    /// <summary>Notes a copy by the driver.</summary>
    public void Copied(nint to, nint from, long bytes)
    {
        if (Find(to) is not { } target)
        {
            return;
        }

        if (Find(from) is { } source)
        {
            target.CopyDefined(to - target.Address, source, from - source.Address, bytes);
        }
        else
        {
            target.Define(to - target.Address, bytes);
        }
    }

    /// <summary>Notes that the driver filled memory.</summary>
    public void Filled(nint address, long bytes) => Find(address)?.Define(address - Find(address)!.Address, bytes);
}
