namespace CAManim.Native.Kernels.Tests;

/// <summary>Seeded test values.</summary>
internal static class Fill
{
    public static float[] Uniform(int count, int seed, float low = -1, float high = 1)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = low + ((high - low) * random.NextSingle());
        }

        return values;
    }
}
