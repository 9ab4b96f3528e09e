namespace CAManim.Native.Kernels.Resize;

public static partial class BilinearResize
{
    /// <summary>Plain loops.</summary>
    internal readonly unsafe struct ScalarVariant : IResizeVariant
    {
        /// <inheritdoc/>
        public static void Horizontal(float* source, int sourceWidth, nint left, int* first, int* second, float* share, float* row, int width, bool rectify)
        {
            for (int x = 0; x < width; x++)
            {
                float a = rectify ? Lanes.Scalar.Relu(source[first[x]]) : source[first[x]];
                float b = rectify ? Lanes.Scalar.Relu(source[second[x]]) : source[second[x]];

                // 0 for numbers, NaN for infinities.
                float poison = (a - a) + (b - b);
                row[x] = float.FusedMultiplyAdd(share[x], b - a, a) + poison;
            }
        }

        /// <inheritdoc/>
        public static void Vertical(float* top, float* bottom, float share, float* target, int width)
        {
            for (int x = 0; x < width; x++)
            {
                target[x] = float.FusedMultiplyAdd(share, bottom[x] - top[x], top[x]);
            }
        }

        /// <inheritdoc/>
        public static void VerticalExtrema(float* top, float* bottom, float share, int width, float* extremes)
        {
            for (int x = 0; x < width; x++)
            {
                float value = float.FusedMultiplyAdd(share, bottom[x] - top[x], top[x]);
                extremes[x % 16] = value < extremes[x % 16] ? value : extremes[x % 16];
                extremes[16 + (x % 16)] = value > extremes[16 + (x % 16)] ? value : extremes[16 + (x % 16)];
            }
        }
    }
}
