using CAManim.Native.Engine.Capture;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Methods;

/// <summary>FullGrad: Srinivas and Fleuret 2019, "Full-Gradient Representation for Neural Network Visualization" (arXiv 1905.00780), as in the authors' program.</summary>
/// <remarks>
/// <para>Its frames are the terms of the sum: input times gradient, the frame <c>(input)</c>, and bias times gradient for every module with
/// a bias, where a batch normalisation's is what it returns for 0: b - m w / sqrt(v + e). Other modules have no frame. The network's own
/// frame, where it is selected, is the whole saliency map: the sum of all frames at the input's size.</para>
/// <para>A term is its magnitude, less the smallest of the layer and over the largest (with the authors' 1e-6), summed over the channels. The
/// whole map is resized with half-pixel centres; the authors align corners.</para>
/// <para><see cref="Compatibility.Reference"/>: as in pytorch-grad-cam every channel is scaled by itself, with 1e-7, and only Conv2d and
/// BatchNorm2d count.</para>
/// </remarks>
internal sealed class FullGrad : LayerMethod
{
    private const double Epsilon = 1e-6;
    private const double ReferenceEpsilon = 1e-7;

    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.FullGrad,
        Name = "FullGrad",
        Formula = "S = sum_k scaled |G_k b_k|, b the module's bias; input: sum_k scaled |G_k x_k|; network: the sum of all at the input's size",
        Source = "Srinivas and Fleuret 2019, FullGrad (arXiv 1905.00780)",
        NeedsGradient = true,
        IsForSomeLayers = true,
        Deviations = "every channel is scaled by itself, only Conv2d and BatchNorm2d count; paper mode: a layer is scaled as a whole, linear layers count too",
    };

    public override bool NeedsInput => true;

    public override bool DependsOnName => true;

    public override string? FindSkipReason(LayerTap tap, CamOptions options)
    {
        if (tap.IsInput)
        {
            return null;
        }

        if (options.Compatibility == Compatibility.Reference && tap.Node.ModuleClass is not ("Conv2d" or "BatchNorm2d"))
        {
            return "FullGrad has maps of the input and of Conv2d and BatchNorm2d with a bias";
        }

        return tap.Bias.Values?.Length == tap.Channels
            ? null
            : "FullGrad has maps of the input and of convolutions, linear layers and batch normalisations with a bias";
    }

    public override void Reduce(in LayerTensors layer, Span<float> signedMap)
    {
        int n = signedMap.Length;
        double[] terms = new double[layer.Activation.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            double factor = layer.Bias is { } bias ? bias[i / n] : layer.Activation[i];
            terms[i] = Math.Abs(factor * layer.Gradient[i]);
        }

        double[] sum = new double[n];
        bool isReference = layer.Options.Compatibility == Compatibility.Reference;
        for (int from = 0, size = isReference ? n : terms.Length; from < terms.Length; from += size)
        {
            ReadOnlySpan<double> part = terms.AsSpan(from, size);
            (double low, double high) = Range(part);
            for (int i = 0; i < size; i++)
            {
                sum[i % n] += (part[i] - low) / (high - low + (isReference ? ReferenceEpsilon : Epsilon));
            }
        }

        for (int i = 0; i < n; i++)
        {
            signedMap[i] = (float)sum[i];
        }
    }

    public override float[] Aggregate(IReadOnlyList<LayerMap> frames, int inputHeight, int inputWidth) => LayerMaps.Sum(frames, inputHeight, inputWidth);

    private static (double Low, double High) Range(ReadOnlySpan<double> values)
    {
        (double low, double high) = (values[0], values[0]);
        foreach (double value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }
}
