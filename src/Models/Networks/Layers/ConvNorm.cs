using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Convolution, normalisation, activation: torchvision's Conv2dNormActivation.</summary>
internal static class ConvNorm
{
    /// <param name="inChannels">C.</param>
    /// <param name="outChannels">C'.</param>
    /// <param name="kernel">Side of the kernel; the padding keeps the size at stride 1.</param>
    /// <param name="stride">Step.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="norm">Makes the normalisation; null: batch normalisation.</param>
    /// <param name="activation">Makes the activation; null: none.</param>
    /// <param name="className">torchvision's class.</param>
    public static Sequential Of(
        int inChannels,
        int outChannels,
        int kernel = 3,
        int stride = 1,
        int groups = 1,
        Func<int, Block>? norm = null,
        Func<Block>? activation = null,
        string className = "Conv2dNormActivation")
    {
        List<nn.Module<Tensor, Tensor>> steps =
        [
            new Conv2d(inChannels, outChannels, kernel, stride, (kernel - 1) / 2, groups, hasBias: false),
            norm is null ? new BatchNorm2d(outChannels) : norm(outChannels),
        ];
        if (activation is not null)
        {
            steps.Add(activation());
        }

        return new Sequential(className, steps);
    }
}
