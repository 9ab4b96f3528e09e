using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), in plain loops over the parameters' memory:
/// the networks are small, and the result does not depend on libtorch's choice of kernels.
/// </summary>
internal sealed class AdamW
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.99;
    private const float Epsilon = 1e-8f;

    private readonly List<(Parameter Parameter, float[] Mean, float[] Square, bool Decays)> _states;
    private readonly double _weightDecay;
    private int _steps;

    /// <summary>An optimiser of float32 parameters on the CPU; vectors (biases, normalisations) do not decay.</summary>
    public AdamW(IEnumerable<Parameter> parameters, double weightDecay)
    {
        _states = [.. parameters.Select(p => (p, new float[p.numel()], new float[p.numel()], p.dim() > 1))];
        _weightDecay = weightDecay;
    }

    /// <summary>Sets all gradients that there are to zero.</summary>
    public void ZeroGradients()
    {
        foreach ((Parameter parameter, _, _, _) in _states)
        {
            using Tensor? gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    /// <summary>One step along the gradients.</summary>
    public void Step(double learningRate)
    {
        _steps++;
        float rate = (float)(learningRate / (1 - Math.Pow(Beta1, _steps)));
        float correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, _steps)));
        foreach ((Parameter parameter, float[] mean, float[] square, bool decays) in _states)
        {
            using Tensor gradient = parameter.grad!.contiguous();
            Step(
                MemoryMarshal.Cast<byte, float>(parameter.bytes),
                MemoryMarshal.Cast<byte, float>(gradient.bytes),
                mean,
                square,
                rate,
                correction,
                decays ? (float)(1 - (learningRate * _weightDecay)) : 1);
        }
    }

    private static void Step(Span<float> values, ReadOnlySpan<float> gradients, float[] mean, float[] square, float rate, float correction, float decay)
    {
        const float keep1 = (float)Beta1, keep2 = (float)Beta2;
        for (int i = 0; i < values.Length; i++)
        {
            float gradient = gradients[i];
            float m = mean[i] = (keep1 * mean[i]) + ((1 - keep1) * gradient);
            float v = square[i] = (keep2 * square[i]) + ((1 - keep2) * gradient * gradient);
            values[i] = (values[i] * decay) - (rate * m / ((MathF.Sqrt(v) * correction) + Epsilon));
        }
    }
}
