namespace CAManim.Native.Kernels.Extrema;

public static partial class MapExtrema
{
    private static unsafe void FindScalar(float* values, int count, out float minimum, out float maximum, out bool hasNaN)
    {
        minimum = float.PositiveInfinity;
        maximum = float.NegativeInfinity;
        hasNaN = false;
        for (int i = 0; i < count; i++)
        {
            minimum = values[i] < minimum ? values[i] : minimum;
            maximum = values[i] > maximum ? values[i] : maximum;
            hasNaN |= float.IsNaN(values[i]);
        }
    }
}
