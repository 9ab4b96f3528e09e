using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>What an affine module adds whatever its input is: its bias; a batch normalisation's is what it returns for 0, b - m w / sqrt(v + e).</summary>
internal sealed class ImplicitBias(nn.Module module, string moduleClass)
{
    private readonly Lazy<float[]?> _values = new(() => Read(module, moduleClass));

    /// <summary>b [C]; null where the module has none, or is not affine.</summary>
    public float[]? Values => _values.Value;

    private static float[]? Read(nn.Module module, string moduleClass)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        Dictionary<string, Tensor> own = [];
        foreach ((string name, Tensor tensor) in (IEnumerable<(string, Tensor)>)[.. module.named_buffers(recurse: false), .. module.named_parameters(recurse: false).Select(p => (p.name, (Tensor)p.parameter))])
        {
            own[name] = tensor;
        }

        // Not through call(): nothing of this is part of the run.
        if (own.TryGetValue("running_mean", out Tensor? mean) && module is nn.Module<Tensor, Tensor> normalisation)
        {
            return Floats(normalisation.forward(zeros(1, mean.numel(), 1, 1, dtype: mean.dtype, device: mean.device)));
        }

        bool isAffine = moduleClass is "Conv2d" or "ConvTranspose2d" or "Linear" or "Conv" or "ConvTranspose";
        return isAffine && own.TryGetValue("bias", out Tensor? bias) ? Floats(bias) : null;
    }

    private static float[] Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.flatten().to(ScalarType.Float32, CPU).contiguous().bytes).ToArray();
}
