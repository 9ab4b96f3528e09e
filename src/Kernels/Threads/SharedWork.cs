namespace CAManim.Native.Kernels.Threads;

/// <summary>
/// Hands numbered shares of one piece of work to this thread and some of the thread pool, without an allocation once warm.
/// </summary>
/// <remarks>
/// This thread never waits for a share that nobody took: it works until none is left, then waits for those in progress.
/// So a pool without a free thread costs nothing but the help.
/// </remarks>
internal sealed unsafe class SharedWork : IThreadPoolWorkItem
{
    // A helper may leave late; meanwhile the next call takes another object. Where all are out the pool is busy, and no help would come.
    private static readonly SharedWork?[] Spares = [.. Enumerable.Range(0, 16).Select(_ => new SharedWork())];

    private delegate*<void*, int, void> _work;
    private void* _state;
    private int _shares;
    private int _next;
    private int _done;

    // This thread and the helpers that have not left yet; the last one out gives the object back.
    private int _holders;

    private SharedWork()
    {
    }

    /// <summary>Runs <paramref name="work"/>(state, 0 .. shares - 1), each share once, and returns when all are done. The work must not throw.</summary>
    public static void Run(delegate*<void*, int, void> work, void* state, int shares, int threads)
    {
        int helpers = int.Min(threads, shares) - 1;
        SharedWork? shared = helpers > 0 ? Take() : null;
        if (shared is null)
        {
            for (int share = 0; share < shares; share++)
            {
                work(state, share);
            }

            return;
        }

        shared._work = work;
        shared._state = state;
        shared._shares = shares;
        shared._next = 0;
        shared._done = 0;
        shared._holders = helpers + 1;
        for (int helper = 0; helper < helpers; helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(shared, preferLocal: false);
        }

        shared.Work();

        // Shares are a fraction of a millisecond: spinning ends before a wait would have begun.
        SpinWait spin = default;
        while (Volatile.Read(ref shared._done) < shares)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        shared.Leave();
    }

    void IThreadPoolWorkItem.Execute()
    {
        Work();
        Leave();
    }

    private void Work()
    {
        while (true)
        {
            int share = Interlocked.Increment(ref _next) - 1;
            if (share >= _shares)
            {
                return;
            }

            _work(_state, share);
            Interlocked.Increment(ref _done);
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
        {
            return;
        }

        foreach (ref SharedWork? spare in Spares.AsSpan())
        {
            if (Interlocked.CompareExchange(ref spare, this, null) is null)
            {
                return;
            }
        }
    }

    private static SharedWork? Take()
    {
        foreach (ref SharedWork? spare in Spares.AsSpan())
        {
            if (spare is not null && Interlocked.Exchange(ref spare, null) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
