namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>
/// Executes PTX as a card may: warps of 32 threads with counters of their own, blocks and warps in an order that no program may rely on. What a
/// card leaves undefined is a <see cref="PtxFault"/>: accesses outside of the arguments or misaligned, memory and registers that were never written,
/// races, barriers and shuffles that not all threads reach together, bra.uni whose threads part.
/// </summary>
internal sealed unsafe class PtxMachine
{
    private const int ParameterAlignment = 8;

    private readonly Dictionary<string, PtxProgram> _programs = [];
    private int _launches;

    /// <summary>What the driver's compiler makes of products and sums.</summary>
    public PtxContraction Contraction { get; init; }

    /// <summary>Warp instructions after which a launch is taken for an endless one.</summary>
    public long MostInstructions { get; init; } = 2_000_000_000;

    /// <summary>Memory that the driver gave.</summary>
    public PtxHeap Heap { get; } = new();

    /// <summary>By kernel, over all launches.</summary>
    public Dictionary<string, PtxCounters> Counters { get; } = [];

    /// <summary>Runs a kernel to its end.</summary>
    /// <param name="name">By which it is counted.</param>
    /// <param name="text">PTX.</param>
    /// <param name="blocks">Of the grid.</param>
    /// <param name="threads">Of a block.</param>
    /// <param name="parameters">An address a parameter, as the driver takes them.</param>
    /// <param name="views">The memory that the arguments give.</param>
    /// <exception cref="PtxFault">It does what a card leaves undefined.</exception>
    public void Launch(string name, string text, int blocks, int threads, byte** parameters, IReadOnlyList<PtxView> views)
    {
        if (!_programs.TryGetValue(text, out PtxProgram? program))
        {
            _programs[text] = program = PtxContracted.Apply(PtxParser.Parse(text), Contraction);
        }

        PtxCounters counters = Counters.TryGetValue(name, out PtxCounters? known) ? known : Counters[name] = new PtxCounters();
        counters.Launches++;
        _launches++;
        PtxLaunch launch = new()
        {
            Program = program,
            Blocks = blocks,
            Threads = threads,
            Parameters = Copy(program, parameters),
            Memory = new PtxMemory(Heap, views),
            Counters = counters,
            Number = _launches,
            IsReversed = _launches % 2 == 0,
            MostInstructions = MostInstructions,
        };
        launch.Run();
    }

    private static byte[] Copy(PtxProgram program, byte** parameters)
    {
        byte[] memory = GC.AllocateArray<byte>(program.ParameterSizes.Sum(AlignUp), pinned: true);
        int offset = 0;
        for (int i = 0; i < program.ParameterSizes.Length; i++)
        {
            new ReadOnlySpan<byte>(parameters[i], program.ParameterSizes[i]).CopyTo(memory.AsSpan(offset));
            offset += AlignUp(program.ParameterSizes[i]);
        }

        return memory;
    }

    private static int AlignUp(int size) => (size + ParameterAlignment - 1) / ParameterAlignment * ParameterAlignment;
}
