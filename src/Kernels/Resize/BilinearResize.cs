using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Resize;

/// <summary>
/// Bilinear resize of one map: half-pixel centres, edges clamped (OpenCV's INTER_LINEAR, torch's align_corners=false).
/// </summary>
/// <remarks>
/// <para>[h,w] -> [H,W], float32, contiguous, row-major. Target pixel (x, y) lies at ((x + 1/2) w/W - 1/2, (y + 1/2) h/H - 1/2) of the
/// source, clamped to the outermost centres; its value is lerp over y of lerp over x, lerp(a, b, t) = a + t (b - a) in one fused
/// multiply-add. So a constant map stays constant to the bit. No smoothing when shrinking.</para>
/// <para>NaN or infinity in the source makes every target pixel in which it has a share above 0 NaN, and no other. Two neighbours that
/// differ by more than the largest float overflow. All variants give the same bits.</para>
/// <para>Measured on one core of an AMD EPYC (Zen 4) virtual machine, to 224x224: from 14x14 7 us, from 56x56 15 us, from 112x112 25 us; a
/// copy of the target 4 us; scalar 31 to 51 us.</para>
/// <para>Rows are stretched once into two buffers of this thread; the target is written once. Nothing is allocated once the thread has
/// seen the size.</para>
/// </remarks>
public static partial class BilinearResize
{
    /// <summary>Resizes by the widest variant the processor has.</summary>
    /// <param name="source">[height,width].</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="target">[targetHeight,targetWidth], overwritten.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">A span does not hold height·width floats, or they overlap.</exception>
    public static void Resize(ReadOnlySpan<float> source, int height, int width, Span<float> target, int targetHeight, int targetWidth) =>
        Resize(source, height, width, target, targetHeight, targetWidth, KernelVariant.Auto);

    /// <summary>Resizes by the given variant.</summary>
    /// <param name="source">[height,width].</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="target">[targetHeight,targetWidth], overwritten.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <param name="variant">The implementation.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the variant unknown.</exception>
    /// <exception cref="ArgumentException">A span does not hold height·width floats, or they overlap.</exception>
    public static unsafe void Resize(
        ReadOnlySpan<float> source, int height, int width, Span<float> target, int targetHeight, int targetWidth, KernelVariant variant)
    {
        Check(source.Length, height, width, nameof(source));
        Check(target.Length, targetHeight, targetWidth, nameof(target));
        if (source.Overlaps(target))
        {
            throw new ArgumentException("Source and target share memory. Give the target memory of its own.", nameof(target));
        }

        fixed (float* from = source, to = target)
        {
            switch (KernelVariants.Resolve(variant))
            {
                case KernelVariant.Vector512:
                    ResizeSweep.Run<SimdVariant<Lanes512>>(from, height, width, to, targetHeight, targetWidth);
                    break;
                case KernelVariant.Vector256:
                    ResizeSweep.Run<SimdVariant<Lanes256>>(from, height, width, to, targetHeight, targetWidth);
                    break;
                default:
                    ResizeSweep.Run<ScalarVariant>(from, height, width, to, targetHeight, targetWidth);
                    break;
            }
        }
    }

    internal static void Check(int length, int height, int width, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, name);
        if (length != (long)height * width)
        {
            throw new ArgumentException($"A map of {height}x{width} is {(long)height * width} floats; the {name} holds {length}.", name);
        }
    }
}
