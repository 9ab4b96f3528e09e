namespace CAManim.Native.Kernels.Pictures;

public static partial class AntialiasedResize
{
    /// <summary>A part of a scaled picture of 16 bits, without rounding in between.</summary>
    /// <param name="samples">[H,W,channels].</param>
    /// <param name="values">What each of the 65,536 values of a sample stands for.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="channels">Samples a pixel.</param>
    /// <param name="cut">The size of the whole, and the part.</param>
    /// <param name="filter">How pixels are weighted.</param>
    /// <param name="cancellation">Looked at for every row.</param>
    /// <returns>[part's H, part's W, channels].</returns>
    /// <exception cref="ArgumentException">There are not H·W·channels samples and 65,536 values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the part reaches beyond the whole.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static float[] Apply(
        ReadOnlySpan<ushort> samples, ReadOnlySpan<float> values, int width, int height, int channels, PictureCut cut, PictureFilter filter = PictureFilter.Bilinear, CancellationToken cancellation = default)
    {
        cut.Check();
        if (samples.Length != (long)width * height * channels || values.Length != ushort.MaxValue + 1)
        {
            throw new ArgumentException($"A picture of {width}x{height} with {channels} samples a pixel has {(long)width * height * channels}, and 65536 values; got {samples.Length} and {values.Length}.", nameof(samples));
        }

        PictureTaps rows = new(height, cut.ScaledHeight, cut.Top, cut.Height, filter);
        PictureTaps columns = new(width, cut.ScaledWidth, cut.Left, cut.Width, filter);
        (int start, int stride) = (rows.Start, cut.Width * channels);
        float[] narrowed = new float[(long)(rows.End - start) * stride];
        for (int y = start, to = 0; y < rows.End; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<ushort> row = samples.Slice(y * width * channels, width * channels);
            for (int x = 0; x < cut.Width; x++)
            {
                for (int c = 0; c < channels; c++, to++)
                {
                    double sum = 0;
                    for (int k = 0; k < columns.Count[x]; k++)
                    {
                        sum += values[row[((columns.First[x] + k) * channels) + c]] * columns.Weights[x][k];
                    }

                    narrowed[to] = (float)sum;
                }
            }
        }

        float[] result = new float[(long)cut.Height * stride];
        for (int y = 0; y < cut.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> sums = result.AsSpan(y * stride, stride);
            for (int k = 0; k < rows.Count[y]; k++)
            {
                ReadOnlySpan<float> row = narrowed.AsSpan((rows.First[y] - start + k) * stride, stride);
                float weight = (float)rows.Weights[y][k];
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i] * weight;
                }
            }
        }

        return result;
    }
}
