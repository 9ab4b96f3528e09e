namespace CAManim.Native.Engine.Road.Baselines;

/// <summary>Gaussian blur of one plane: separable, cut at three sigma, edges repeated.</summary>
internal static class GaussianBlur
{
    /// <summary>Blurs [H,W] in place; a sigma of 0 leaves it.</summary>
    public static void Blur(Span<float> plane, int height, int width, double sigma)
    {
        if (sigma <= 0)
        {
            return;
        }

        float[] kernel = Kernel(sigma);
        float[] spare = new float[plane.Length];
        Pass(plane, spare, height, width, 1, width, kernel);
        Pass(spare, plane, height, width, width, height, kernel);
    }

    private static float[] Kernel(double sigma)
    {
        int radius = Math.Max(1, (int)Math.Ceiling(3 * sigma));
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-(double)i * i / (2 * sigma * sigma)))];
        double sum = weights.Sum();
        return [.. weights.Select(w => (float)(w / sum))];
    }

    // Along rows with stride 1, along columns with stride W.
    private static void Pass(ReadOnlySpan<float> source, Span<float> target, int height, int width, int stride, int length, float[] kernel)
    {
        int radius = kernel.Length / 2;
        for (int i = 0; i < height * width; i++)
        {
            int position = i / stride % length;
            float sum = 0;
            for (int k = -radius; k <= radius; k++)
            {
                sum += kernel[k + radius] * source[i + ((Math.Clamp(position + k, 0, length - 1) - position) * stride)];
            }

            target[i] = sum;
        }
    }
}
