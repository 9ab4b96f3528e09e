namespace CAManim.Native.Kernels.Tests;

/// <summary>Asserts that an operation, once warm, takes no managed memory.</summary>
internal static class Allocations
{
    public static void AssertNone(Action operation, int warmUps = 3)
    {
        for (int i = 0; i < warmUps; i++)
        {
            operation();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            operation();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
