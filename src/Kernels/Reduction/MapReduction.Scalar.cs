using CAManim.Native.Kernels.Reduction.Terms;

namespace CAManim.Native.Kernels.Reduction;

public static partial class MapReduction
{
    /// <summary>Plain loops; the order of the additions is that of the vectors.</summary>
    private readonly unsafe struct ScalarVariant : IReductionVariant
    {
        private const int PartialSums = 64;

        /// <inheritdoc/>
        public static float SumPixels<TTerm>(float* a, float* g, nint n, nint rest, float parameter)
            where TTerm : ITerm
        {
            float* sums = stackalloc float[PartialSums];
            new Span<float>(sums, PartialSums).Clear();
            for (nint i = 0; i < n; i++)
            {
                float* sum = sums + (i % PartialSums);
                *sum = TTerm.Add(*sum, TTerm.ReadsActivation ? a[i] : 0, TTerm.ReadsGradient ? g[i] : 0, parameter);
            }

            for (int lane = 0; lane < 16; lane++)
            {
                sums[lane] = (sums[lane] + sums[lane + 16]) + (sums[lane + 32] + sums[lane + 48]);
            }

            for (int half = 8; half > 0; half /= 2)
            {
                for (int lane = 0; lane < half; lane++)
                {
                    sums[lane] += sums[lane + half];
                }
            }

            return sums[0];
        }

        /// <inheritdoc/>
        public static void AddChannels<TTerm>(float* a, float* g, float* weights, int channels, nint n, nint rest, nint from, nint to, float* map, bool fresh)
            where TTerm : ITerm
        {
            if (fresh)
            {
                new Span<float>(map + from, checked((int)(to - from))).Clear();
            }

            for (int k = 0; k < channels; k++)
            {
                float weight = weights is null ? 0 : weights[k];
                for (nint i = from; i < to; i++)
                {
                    map[i] = TTerm.Add(map[i], TTerm.ReadsActivation ? a[(k * n) + i] : 0, TTerm.ReadsGradient ? g[(k * n) + i] : 0, weight);
                }
            }
        }
    }
}
