using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Kernels.Threads;

/// <summary>A thread and its one helper of libtorch, each on a processor of its own while they compute: for work that comes now and then, on two processors.</summary>
/// <remarks>
/// After a pause the system may wake the helper on the processor of the thread that waits for it by spinning, and moves it only milliseconds
/// later; <c>camanim-perf threads</c> measures it. With more processors there are idle ones, and libtorch changes the number of helpers: there
/// nothing is pinned. For one thread.
/// </remarks>
public sealed unsafe class PinnedPair
{
    private const int Pair = 2;

    private readonly int[] _processors = OpenMp.IsPresent ? Affinity.Read() : [];
    private int? _releases;

    /// <summary>Pins both and wakes the helper, where there are two processors and libtorch has two threads.</summary>
    /// <returns>To be disposed by the same thread, which may then run where it could before. The helper stays where it is.</returns>
    public Scope Enter()
    {
        if (_processors.Length != Pair || OpenMp.MaxThreads != Pair)
        {
            return default;
        }

        fixed (int* places = _processors)
        {
            // A helper that is started inherits this thread's processors and would wait behind it.
            if (_releases != TorchThreads.Releases)
            {
                OpenMp.Parallel(&Pin, places, Pair);
                _releases = TorchThreads.Releases;
            }

            Affinity.Write(_processors.AsSpan(0, 1));
            OpenMp.Parallel(&Pin, places, Pair);
        }

        return new Scope(_processors);
    }

    [UnmanagedCallersOnly]
    private static void Pin(void* places) => Affinity.Write(new ReadOnlySpan<int>((int*)places + OpenMp.ThreadNumber, 1));

    /// <summary>While both are pinned.</summary>
    public readonly ref struct Scope
    {
        private readonly int[]? _processors;

        internal Scope(int[] processors) => _processors = processors;

        /// <summary>Unpins the thread.</summary>
        public void Dispose()
        {
            if (_processors is not null)
            {
                Affinity.Write(_processors);
            }
        }
    }
}
