using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Activation and gradient of a module in float64 by plain autograd: the ground that slow methods stand on.</summary>
internal sealed class SlowGradients
{
    /// <param name="network">In float64.</param>
    /// <param name="input">In float64.</param>
    /// <param name="layer">Name of the module.</param>
    /// <param name="score">Of the logits [K].</param>
    public SlowGradients(nn.Module<Tensor, Tensor> network, Tensor input, string layer, Func<Tensor, Tensor> score)
    {
        network.eval();
        var hook = ((nn.Module<Tensor, Tensor>)network.named_modules().First(m => m.name == layer).module).register_forward_hook((_, _, output) =>
        {
            Activation = output.alias();
            return Activation.alias();
        });
        Input = input.detach().requires_grad_(true);
        Logits = network.call(Input)[0];
        hook.remove();
        Score = score(Logits);
        Gradient = autograd.grad([Score], [Activation!], retain_graph: true, create_graph: true)[0];
    }

    public Tensor Input { get; }

    public Tensor Logits { get; }

    public Tensor Score { get; }

    public Tensor Activation { get; private set; } = null!;

    public Tensor Gradient { get; }

    /// <summary>sum_k w_k A_k [h·w].</summary>
    /// <param name="weights">w, of a shape that goes with A.</param>
    public float[] Sum(Tensor weights) => Floats((weights * Activation).sum(1));

    public static float[] Floats(Tensor tensor) => tensor.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
