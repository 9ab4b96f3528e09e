namespace CAManim.Native.Kernels.Tests;

/// <summary>Asserts that an operation, once warm, takes no managed memory.</summary>
internal static class Allocations
{
    // The runtime itself allocates now and then on any thread (tiering, type loading); what allocates at every call does so in every window.
    private const int Windows = 5;
    private const int CallsOfWindow = 10;

    public static void AssertNone(Action operation, int warmUps = 3)
    {
        for (int i = 0; i < warmUps; i++)
        {
            operation();
        }

        long least = long.MaxValue;
        for (int window = 0; window < Windows && least > 0; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < CallsOfWindow; i++)
            {
                operation();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
