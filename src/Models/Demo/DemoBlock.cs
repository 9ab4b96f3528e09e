using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Demo;

/// <summary>ResNet's basic block: relu(bn2(conv2(relu(bn1(conv1(x))))) + x), x through <c>downsample</c> where the shape changes.</summary>
internal sealed class DemoBlock : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // Child names are the names of the weights.
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly DemoChain? downsample;
#pragma warning restore IDE1006

    /// <summary>A block from C channels to C' channels at a stride.</summary>
    public DemoBlock(int channels, int outputs, int stride)
        : base(nameof(DemoBlock))
    {
        conv1 = nn.Conv2d(channels, outputs, 3, stride: stride, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(outputs);
        relu = nn.ReLU(inplace: false);
        conv2 = nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(outputs);
        downsample = stride == 1 && channels == outputs
            ? null
            : new DemoChain(nn.Conv2d(channels, outputs, 1, stride: stride, bias: false), nn.BatchNorm2d(outputs));
        register_module(nameof(conv1), conv1);
        register_module(nameof(bn1), bn1);
        register_module(nameof(relu), relu);
        register_module(nameof(conv2), conv2);
        register_module(nameof(bn2), bn2);
        if (downsample is not null)
        {
            register_module(nameof(downsample), downsample);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor branch = bn2.call(conv2.call(relu.call(bn1.call(conv1.call(input)))));
        Tensor identity = downsample is null ? input : downsample.call(input);
        return relu.call(branch + identity);
    }
}
