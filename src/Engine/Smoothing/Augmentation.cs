using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Smoothing;

/// <summary>Test-time augmentation: the maps of six versions of an image, from one batch, flipped back and averaged.</summary>
/// <remarks>
/// <para>As pytorch-grad-cam's <c>aug_smooth</c>: the normalised input times 0.9, 1 and 1.1, each as it is and mirrored left to right. Mirroring a
/// map and resizing it can change places, so maps are averaged at the layer's own resolution.</para>
/// <para>The target is fixed by the unchanged image; the peer takes the top class of each version where none is given.</para>
/// <para><see cref="Compatibility.Paper"/>: the mean of the signed maps, so that layers keep their magnitudes (the global normalisation)
/// and pixels their order. <see cref="Compatibility.Reference"/>: as the peer the mean of the rectified maps, each first scaled to 0..1 by its range at the input's size.</para>
/// </remarks>
internal static class Augmentation
{
    // The unchanged image first: it fixes the target.
    private static readonly (bool IsMirrored, double Factor)[] Versions = [(false, 1), (false, 0.9), (false, 1.1), (true, 1), (true, 0.9), (true, 1.1)];

    /// <summary>Runs all versions of all images and averages their results.</summary>
    /// <param name="input">[N,C,H,W].</param>
    /// <param name="options">What is computed.</param>
    /// <param name="passes">passes[pass][image].</param>
    /// <param name="run">From a batch, its options and its targets to results[pass][method][image].</param>
    public static CamResult[][][] Run(Tensor input, CamOptions options, Target[][] passes, Func<Tensor, CamOptions, Target[][], CamResult[][][]> run)
    {
        using DisposeScope scope = NewDisposeScope();
        Target[][] targets = [.. passes.Select(pass => pass.SelectMany(t => Enumerable.Repeat<Target>(new SharedTarget(t), Versions.Length)).ToArray())];
        CamResult[][][] results = run(Expand(input), options with { AugmentationSmoothing = false }, targets);
        return [.. results.Select(ofPass => ofPass.Select(ofMethod => ofMethod.Chunk(Versions.Length).Select(versions => Average(versions, options)).ToArray()).ToArray())];
    }

    // [N,C,H,W] to [6N,C,H,W], the versions of an image side by side.
    private static Tensor Expand(Tensor input)
    {
        using IDisposable none = no_grad();
        Tensor mirrored = input.flip(3);
        Tensor versions = stack([.. Versions.Select(v => v.Factor == 1 ? v.IsMirrored ? mirrored : input : (v.IsMirrored ? mirrored : input).Times(v.Factor))], 1);
        return versions.flatten(0, 1);
    }

    private static CamResult Average(CamResult[] versions, CamOptions options)
    {
        CamResult plain = versions[0];
        LayerMap[] frames = [.. plain.Frames.Select((_, i) => Average([.. versions.Select(v => v.Frames[i])], options.Compatibility, plain.InputHeight, plain.InputWidth))];
        return plain with
        {
            Frames = frames,
            GlobalMinimum = frames.Length == 0 ? 0 : frames.Min(f => f.Minimum),
            GlobalMaximum = frames.Length == 0 ? 0 : frames.Max(f => f.Maximum),
        };
    }

    private static LayerMap Average(LayerMap[] versions, Compatibility compatibility, int inputHeight, int inputWidth)
    {
        LayerMap plain = versions[0];
        float[] mean = new float[plain.Height * plain.Width];
        for (int i = 0; i < mean.Length; i++)
        {
            int mirrored = i + plain.Width - 1 - (2 * (i % plain.Width));
            double sum = 0;
            for (int v = 0; v < versions.Length; v++)
            {
                sum += Value(versions[v], Versions[v].IsMirrored ? mirrored : i, compatibility);
            }

            mean[i] = (float)(sum / versions.Length);
        }

        TapMap map = TapMap.Create(plain.Channels, plain.Height, plain.Width, mean, inputHeight, inputWidth);
        return plain with { SignedMap = map.Signed, Map = map.Map, Minimum = map.Minimum, Maximum = map.Maximum, HasNonFinite = map.HasNonFinite };
    }

    private static double Value(LayerMap map, int at, Compatibility compatibility) => compatibility == Compatibility.Paper
        ? map.SignedMap.Span[at]
        : map.IsConstant ? 0 : ((double)map.Map.Span[at] - map.Minimum) / ((double)map.Maximum - map.Minimum);
}
