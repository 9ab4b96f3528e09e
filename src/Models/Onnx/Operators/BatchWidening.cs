using CAManim.Native.Models.Onnx.Graph;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Shapes that an exporter fixed for its number of images, made to fit another.</summary>
internal static class BatchWidening
{
    /// <summary>
    /// The shape for <paramref name="batch"/> images. A leading dimension of the exported number is the batch; otherwise equal leading
    /// dimensions stay, and the batch goes to the dimension of that extent that stands where the input's batch stands, or outermost into the
    /// first dimension that differs, as window partitions and the heads of attention have it (never into the last one, which holds features).
    /// </summary>
    /// <param name="shape">The shape for the exported number of images, at most one dimension -1.</param>
    /// <param name="input">The input's shape with the images that now come.</param>
    /// <param name="exported">Number of images that it was exported for.</param>
    /// <param name="batch">Number of images.</param>
    public static long[] Widen(long[] shape, long[] input, long exported, long batch)
    {
        long elements = Sizes.Count(input);
        long[] wide = [.. shape];
        int open = Array.IndexOf(wide, -1);
        long known = Sizes.Count([.. wide.Where(d => d != -1)]);
        if (elements <= 0 || known <= 0 || elements % batch != 0 || wide.Length == 0)
        {
            return wide;
        }

        long expected = elements / batch * exported;
        if (open >= 0 ? expected % known != 0 : expected != known)
        {
            // Computed for all images already, or wrong anyway.
            return wide;
        }

        if (open >= 0)
        {
            wide[open] = expected / known;
        }

        int place = Place(wide, input, exported, batch);
        if (wide[place] % exported != 0)
        {
            return shape;
        }

        wide[place] = wide[place] / exported * batch;
        return wide;
    }

    private static int Place(long[] shape, long[] input, long exported, long batch)
    {
        if (shape[0] == exported)
        {
            return 0;
        }

        // The input's batch may be the inner part of its first dimension: [T·N,C] to [T,1,C].
        long before = 1;
        for (int i = 0; i < shape.Length - 1; i++)
        {
            if (i > 0 && shape[i] == exported && before * batch == input[0])
            {
                return i;
            }

            before *= shape[i];
        }

        int equal = 0;
        while (equal < shape.Length - 2 && equal < input.Length && shape[equal] == input[equal])
        {
            equal++;
        }

        return shape.Length == 1 ? 0 : equal;
    }
}
