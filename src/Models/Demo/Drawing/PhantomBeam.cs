namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>
/// The scanner: the echo of many scatterers interferes (speckle), weakens with depth, is amplified back in part, and is compressed.
/// </summary>
/// <remarks>
/// Speckle = |sum of random phasors seen through the pulse|: two independent fields of random numbers, scaled by the tissue's
/// echogenicity and blurred by the pulse's shape (longer across the beam than along it), give real and imaginary part; the
/// amplitude is Rayleigh distributed. Looks from several angles are averaged (compounding), as scanners do.
/// </remarks>
internal static class PhantomBeam
{
    // The mean of a Rayleigh amplitude whose parts have deviation one.
    private const float RayleighMean = 1.2533f;

    private const int Reach = 3;

    /// <summary>Turns echogenicity into the picture on the screen.</summary>
    public static Canvas Scan(float[] echo, DemoRandom random, int size)
    {
        int looks = 2 + random.Index(2);
        float[] across = Pulse(random.Range(0.8f, 1.5f)), along = Pulse(random.Range(0.45f, 0.8f));
        float[] amplitude = new float[echo.Length];
        for (int look = 0; look < looks; look++)
        {
            AddLook(amplitude, echo, random, size, across, along, 1 / (RayleighMean * looks));
        }

        float attenuation = random.Range(0.2f, 1.2f), gain = random.Range(0.5f, 0.8f), floor = random.Range(0.005f, 0.02f);
        float focus = random.Range(0.3f, 0.7f), bloom = random.Range(0, 0.3f), contrast = random.Range(1.25f, 1.5f);
        Canvas canvas = new(size, size);
        for (int y = 0; y < size; y++)
        {
            float depth = (float)y / size;
            float away = (depth - focus) * 3;
            float level = gain * (1 + (bloom / (1 + (away * away)))) / (1 + (attenuation * depth * depth));
            for (int x = 0; x < size; x++)
            {
                int i = (y * size) + x;
                float seen = (amplitude[i] * level) + (floor * (1 + (random.Gaussian() * 0.4f)));

                // Stands in for the logarithm: roots are the same on every machine.
                float grey = (contrast * MathF.Sqrt(MathF.Sqrt(MathF.Max(seen, 0)))) - (contrast - 0.85f);
                canvas.Pixels[i] = new Colour(grey, grey, grey);
            }
        }

        return canvas;
    }

    private static void AddLook(float[] amplitude, float[] echo, DemoRandom random, int size, float[] across, float[] along, float scale)
    {
        float[] real = Phasors(echo, random, size, across, along), imaginary = Phasors(echo, random, size, across, along);
        for (int i = 0; i < amplitude.Length; i++)
        {
            amplitude[i] += PortableMath.Length(real[i], imaginary[i]) * scale;
        }
    }

    private static float[] Phasors(float[] echo, DemoRandom random, int size, float[] across, float[] along)
    {
        float[] field = new float[size * size];
        for (int i = 0; i < field.Length; i++)
        {
            field[i] = random.Gaussian() * MathF.Max(echo[i], 0.01f);
        }

        return BlurTransposed(BlurTransposed(field, size, across), size, along);
    }

    // Weights whose squares sum to one, so that the blurred field keeps its deviation. 1/(1+(x/s)²)² stands in for a Gaussian.
    private static float[] Pulse(float width)
    {
        float[] weights = new float[(2 * Reach) + 1];
        float squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            float x = (i - Reach) / (1.6f * width);
            weights[i] = 1 / ((1 + (x * x)) * (1 + (x * x)));
            squares += weights[i] * weights[i];
        }

        float scale = 1 / MathF.Sqrt(squares);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] *= scale;
        }

        return weights;
    }

    // Blurs the rows and writes them as columns, so that twice is both directions. Rows are mirrored at their ends.
    private static float[] BlurTransposed(float[] field, int size, float[] weights)
    {
        float[] result = new float[field.Length];
        float[] row = new float[size + (2 * Reach)];
        for (int y = 0; y < size; y++)
        {
            field.AsSpan(y * size, size).CopyTo(row.AsSpan(Reach));
            for (int k = 0; k < Reach; k++)
            {
                row[k] = row[(2 * Reach) - k];
                row[size + Reach + k] = row[size + Reach - 2 - k];
            }

            for (int x = 0; x < size; x++)
            {
                float sum = 0;
                for (int k = 0; k < weights.Length; k++)
                {
                    sum += weights[k] * row[x + k];
                }

                result[(x * size) + y] = sum;
            }
        }

        return result;
    }
}
