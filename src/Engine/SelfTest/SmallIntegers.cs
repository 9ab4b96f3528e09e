namespace CAManim.Native.Engine.SelfTest;

/// <summary>Values of the self-test: small integers, which float32 and bfloat16 hold exactly, the same on every machine.</summary>
internal static class SmallIntegers
{
    /// <summary>Values from -limit to limit.</summary>
    public static float[] Make(int count, int limit, uint seed)
    {
        float[] values = new float[count];
        uint state = (seed * 2654435761u) + 1;
        for (int i = 0; i < count; i++)
        {
            // A linear congruential generator; its high bits are the good ones.
            state = (state * 1664525u) + 1013904223u;
            values[i] = (int)((state >> 16) % (uint)((2 * limit) + 1)) - limit;
        }

        return values;
    }
}
