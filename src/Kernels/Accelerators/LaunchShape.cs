using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Groups and threads for a device: enough to fill it once, no more; kernels stride over the rest.</summary>
internal readonly struct LaunchShape
{
    /// <summary>Largest group any kernel is started with: their shared memory is sized by it.</summary>
    public const int MostThreads = 256;

    // Groups of 256 threads that one multiprocessor holds at once (2048 threads).
    private const int GroupsOfMultiprocessor = 8;

    /// <param name="mostThreads">Threads that the device allows in a group.</param>
    /// <param name="warpSize">Threads that run in step.</param>
    /// <param name="multiprocessors">The device's multiprocessors.</param>
    public LaunchShape(int mostThreads, int warpSize, int multiprocessors)
    {
        Threads = int.Min(MostThreads, mostThreads) / warpSize * warpSize;
        WarpSize = warpSize;
        Groups = int.Max(1, multiprocessors * GroupsOfMultiprocessor);
    }

    /// <summary>Threads of a group, a multiple of the warp.</summary>
    public int Threads { get; }

    /// <summary>Threads of a warp.</summary>
    public int WarpSize { get; }

    /// <summary>Groups that fill the device.</summary>
    public int Groups { get; }

    /// <summary>As many groups as there are pieces of work, but no more than fill the device.</summary>
    public KernelConfig For(long pieces) => new((int)long.Clamp(pieces, 1, Groups), Threads);

    /// <summary>One thread an element, but no more than fill the device.</summary>
    public KernelConfig ForElements(long elements) => For((elements + Threads - 1) / Threads);
}
