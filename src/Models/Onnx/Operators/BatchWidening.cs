namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Shapes that an exporter fixed for one image, made to fit several.</summary>
internal static class BatchWidening
{
    /// <summary>
    /// The shape for <paramref name="batch"/> images. A leading 1 is the batch; otherwise equal leading dimensions stay, and the batch goes to
    /// the dimension of extent 1 that stands where the input's batch stands, or outermost into the first dimension that differs, as window
    /// partitions and the heads of attention have it (never into the last one, which holds features).
    /// </summary>
    /// <param name="shape">The shape for one image, at most one dimension -1.</param>
    /// <param name="input">The input's shape with all images.</param>
    /// <param name="batch">Number of images.</param>
    public static long[] Widen(long[] shape, long[] input, long batch)
    {
        long elements = input.Aggregate(1L, (a, b) => a * b);
        long[] wide = [.. shape];
        int open = Array.IndexOf(wide, -1);
        long known = wide.Where(d => d != -1).Aggregate(1L, (a, b) => a * b);
        if (elements % batch != 0 || known == 0 || (open >= 0 ? elements / batch % known : elements / batch - known) != 0)
        {
            // Computed for all images already, or wrong anyway.
            return wide;
        }

        if (open >= 0)
        {
            wide[open] = elements / batch / known;
        }

        if (wide.Length == 0)
        {
            return wide;
        }

        wide[Place(wide, input, batch)] *= batch;
        return wide;
    }

    private static int Place(long[] shape, long[] input, long batch)
    {
        if (shape[0] == 1)
        {
            return 0;
        }

        // The input's batch may be the inner part of its first dimension: [T·N,C] to [T,1,C].
        long before = 1;
        for (int i = 0; i < shape.Length - 1; i++)
        {
            if (i > 0 && shape[i] == 1 && before * batch == input[0])
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
