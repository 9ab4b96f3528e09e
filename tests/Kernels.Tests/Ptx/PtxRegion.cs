namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>A piece of memory with what is known of each of its bytes: whether it was written at all, and who wrote and read it last.</summary>
/// <remarks>
/// Two accesses of a byte race where one of them writes, they come from two threads, and no barrier lies between: those of two blocks always,
/// those of one block within one epoch (from barrier to barrier). Atomic ones do not race with each other.
/// </remarks>
internal sealed class PtxRegion(string name, nint address, long sizeInBytes, bool isDefined)
{
    // A record: generation (19 bits), many blocks, many threads, atomic, epoch (16), block (16), thread (10).
    private const int BlockShift = 10;
    private const int EpochShift = 26;
    private const int GenerationShift = 45;
    private const ulong Atomic = 1UL << 42;
    private const ulong ManyThreads = 1UL << 43;
    private const ulong ManyBlocks = 1UL << 44;
    private const ulong GenerationMask = (1UL << 19) - 1;

    private readonly bool[]? _defined = isDefined ? null : new bool[sizeInBytes];
    private ulong[]? _writes;
    private ulong[]? _reads;

    public string Name { get; } = name;

    public nint Address { get; } = address;

    public long SizeInBytes { get; } = sizeInBytes;

    public void Define(long from, long count)
    {
        if (_defined is not null)
        {
            Array.Fill(_defined, true, (int)from, (int)count);
        }
    }

    /// <summary>All bytes are as they were before anything was written.</summary>
    public void Undefine() => _defined?.AsSpan().Clear();

    public bool IsDefined(long from, int count) => _defined is null || _defined.AsSpan((int)from, count).IndexOf(false) < 0;

    /// <summary>Copies which bytes are defined.</summary>
    public void CopyDefined(long from, PtxRegion source, long sourceFrom, long count)
    {
        if (_defined is not null)
        {
            for (long i = 0; i < count; i++)
            {
                _defined[from + i] = source.IsDefined(sourceFrom + i, 1);
            }
        }
    }

    /// <summary>Notes a read, and says which earlier access it races with.</summary>
    public string? Read(long from, int count, PtxThread thread)
    {
        _reads ??= new ulong[SizeInBytes];
        ulong own = Record(thread);
        for (long i = from; i < from + count; i++)
        {
            if (_writes is not null && Conflicts(_writes[i], own))
            {
                return $"byte {i} of {Name} was written by {Describe(_writes[i])}";
            }

            _reads[i] = Merge(_reads[i], own);
        }

        return null;
    }

    /// <summary>Notes a write, and says which earlier access it races with.</summary>
    public string? Write(long from, int count, PtxThread thread, bool isAtomic)
    {
        _writes ??= new ulong[SizeInBytes];
        ulong own = Record(thread) | (isAtomic ? Atomic : 0);
        for (long i = from; i < from + count; i++)
        {
            if (Conflicts(_writes[i], own) && !(isAtomic && (_writes[i] & Atomic) != 0))
            {
                return $"byte {i} of {Name} was written by {Describe(_writes[i])}";
            }

            if (_reads is not null && Conflicts(_reads[i], own))
            {
                return $"byte {i} of {Name} was read by {Describe(_reads[i])}";
            }

            _writes[i] = Merge(_writes[i], own);
        }

        return null;
    }

    private static ulong Record(PtxThread thread) =>
        ((ulong)thread.Generation & GenerationMask) << GenerationShift | ((ulong)thread.Epoch & 0xFFFF) << EpochShift | ((ulong)thread.Block & 0xFFFF) << BlockShift | (uint)thread.Thread;

    private static bool IsOfThisLaunch(ulong record, ulong own) => record != 0 && record >> GenerationShift == own >> GenerationShift;

    private static ulong Block(ulong record) => (record >> BlockShift) & 0xFFFF;

    private static ulong Epoch(ulong record) => (record >> EpochShift) & 0xFFFF;

    private static ulong Thread(ulong record) => record & 0x3FF;

    private static bool Conflicts(ulong record, ulong own) => IsOfThisLaunch(record, own)
        && ((record & ManyBlocks) != 0 || Block(record) != Block(own) || (Epoch(record) == Epoch(own) && ((record & ManyThreads) != 0 || Thread(record) != Thread(own))));

    private static ulong Merge(ulong record, ulong own)
    {
        if (!IsOfThisLaunch(record, own) || ((record & ManyBlocks) == 0 && Block(record) == Block(own) && Epoch(record) != Epoch(own)))
        {
            return own;
        }

        bool isOtherBlock = Block(record) != Block(own);
        bool isOtherThread = Thread(record) != Thread(own);
        return own | (record & (ManyBlocks | ManyThreads)) | (isOtherBlock ? ManyBlocks : 0) | (isOtherThread ? ManyThreads : 0);
    }

    private static string Describe(ulong record) => (record & ManyBlocks) != 0 ? "threads of several blocks"
        : (record & ManyThreads) != 0 ? $"several threads of block {Block(record)}, with no barrier between"
        : $"thread {Thread(record)} of block {Block(record)}, with no barrier between";
}
