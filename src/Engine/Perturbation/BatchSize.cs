using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>How many perturbed images run together.</summary>
internal static class BatchSize
{
    // Beyond this a forward gets no faster for each image, on a processor or on a GPU with images of 224 x 224.
    private const int Most = 32;

    // Live at once: a layer's input and output, their shortcut, and the convolution's own copies of them.
    private const int LiveTensors = 6;

    private const long MostBytes = 1L << 30;

    /// <summary>The number asked for, or what fits into a quarter of the memory and into a gigabyte.</summary>
    /// <param name="asked">1 or more, or null.</param>
    /// <param name="input">[1,C,H,W].</param>
    /// <param name="largestLayer">Floats of the largest activation of one image.</param>
    public static int Choose(int? asked, Tensor input, long largestLayer)
    {
        if (asked is { } number)
        {
            return number;
        }

        long bytes = sizeof(float) * LiveTensors * Math.Max(largestLayer, input.numel());
        long budget = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
        return (int)Math.Clamp(budget / bytes, 1, Most);
    }
}
