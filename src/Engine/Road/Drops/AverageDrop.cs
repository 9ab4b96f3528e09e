using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Drops;

/// <summary>The average drop family of every layer's map: drop, increase in confidence, ADCC.</summary>
/// <remarks>The maps of the masked images come from the same forward and backward as their scores, several layers' images in a batch.</remarks>
public static class AverageDrop
{
    /// <summary>Scores the maps of one image.</summary>
    /// <param name="model">The network the maps came from; left as it was found.</param>
    /// <param name="input">[1,C,H,W], the input the maps came from; not changed.</param>
    /// <param name="maps">The maps; their class is the one whose score is taken, their method that of the masked images' maps.</param>
    /// <param name="batchSize">Images a forward and backward, 1 or more.</param>
    /// <param name="cancellation">Looked at at each layer.</param>
    /// <returns>The values in the order of the frames.</returns>
    /// <exception cref="CamException">Input, maps and network do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static IReadOnlyList<LayerDrop> Score(
        nn.Module<Tensor, Tensor> model, Tensor input, CamResult maps, int batchSize = 8, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        float[] image = InputPixels.Read(input, maps);
        (LayerMap Layer, float[]? Scaled)[] layers = [.. maps.Frames.Select(f => (f, Scale(f, maps.InputHeight, maps.InputWidth)))];
        Dictionary<string, LayerDrop> drops = [];
        CamEngine engine = new(model);
        foreach ((LayerMap Layer, float[]? Scaled)[] batch in layers.Where(l => l.Scaled is not null).Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            Tensor masked = Masked(image, batch).reshape([batch.Length, .. input.shape[1..]]).to(input.dtype, input.device);
            Target[] targets = [.. batch.Select(_ => Target.Class(maps.ClassIndex))];
            IReadOnlyList<CamResult> again = engine.RunBatch(masked, new CamOptions { Method = maps.Method, Activation = maps.Activation }, targets, null, cancellation);
            for (int n = 0; n < batch.Length; n++)
            {
                (LayerMap layer, float[]? scaled) = batch[n];
                LayerMap? second = again[n].Frames.FirstOrDefault(f => f.Name == layer.Name);
                drops[layer.Name] = Compare(layer.Name, maps.Probability, again[n].Probability, scaled!, second is null ? null : Scale(second, maps.InputHeight, maps.InputWidth));
            }
        }

        return [.. maps.Frames.Select(f => drops.GetValueOrDefault(f.Name) ?? new LayerDrop { Name = f.Name, Reason = "the map has one value only, or holds NaN or infinity" })];
    }

    /// <summary>The formulas, given both scores and both scaled maps.</summary>
    internal static LayerDrop Compare(string name, float before, float after, ReadOnlySpan<float> scaled, float[]? second)
    {
        double sum = 0;
        foreach (float value in scaled)
        {
            sum += value;
        }

        double drop = Math.Max(0, (double)before - after) / before;
        double complexity = sum / scaled.Length;
        double? coherency = second is null ? null : (1 + Correlation(scaled, second)) / 2;
        double[] good = [coherency ?? 0, 1 - complexity, 1 - drop];
        return new LayerDrop
        {
            Name = name,
            Score = after,
            Drop = (float)drop,
            IsIncrease = after > before,
            Complexity = (float)complexity,
            Coherency = (float?)coherency,
            Adcc = coherency is null ? null : good.Min() <= 0 ? 0 : (float)(3 / good.Sum(g => 1 / g)),
        };
    }

    private static float[]? Scale(LayerMap layer, int height, int width)
    {
        if (layer.Map.Span.ContainsAnyNonFinite())
        {
            return null;
        }

        float[] map = new float[height * width];
        BilinearResize.Resize(layer.Map.Span, layer.Height, layer.Width, map, height, width);
        float minimum = map.Min();
        float range = map.Max() - minimum;
        foreach (ref float value in map.AsSpan())
        {
            value = (value - minimum) / range;
        }

        return range > 0 ? map : null;
    }

    private static Tensor Masked(float[] image, (LayerMap Layer, float[]? Scaled)[] batch)
    {
        float[] masked = new float[batch.Length * image.Length];
        for (int n = 0; n < batch.Length; n++)
        {
            float[] map = batch[n].Scaled!;
            for (int i = 0; i < image.Length; i++)
            {
                masked[(n * image.Length) + i] = image[i] * map[i % map.Length];
            }
        }

        return tensor(masked);
    }

    // Both have more than one value, so that neither deviation is 0.
    private static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        (double meanA, double meanB) = (0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            meanA += (double)a[i] / a.Length;
            meanB += (double)b[i] / b.Length;
        }

        (double ab, double aa, double bb) = (0, 0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
