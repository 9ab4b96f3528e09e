using CAManim.Native.Engine.Capture;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.SelfTest;

/// <summary>One convolution by libtorch and by the definition, forward and backward.</summary>
internal static class ConvolutionCheck
{
    /// <summary>Errors of output and of gradient, relative to the largest value of the reference.</summary>
    public static (double Forward, double Backward) Run(ConvolutionShape shape, int images, int side, ScalarType type, bool isChannelsLast)
    {
        int fan = shape.InputChannels / shape.Groups;
        long output = shape.OutputSide(side);
        float[] values = SmallIntegers.Make(images * shape.InputChannels * side * side, 3, 1);
        float[] weights = SmallIntegers.Make(shape.OutputChannels * fan * shape.Kernel * shape.Kernel, 2, 2);
        float[] gradients = SmallIntegers.Make((int)(images * shape.OutputChannels * output * output), 3, 3);

        using DisposeScope scope = NewDisposeScope();
        Tensor input = Arrange(tensor(values, [images, shape.InputChannels, side, side])).detach().requires_grad_(true);
        Tensor weight = Arrange(tensor(weights, [shape.OutputChannels, fan, shape.Kernel, shape.Kernel]));
        Tensor gradient = Arrange(tensor(gradients, [images, shape.OutputChannels, output, output]));
        Tensor result = nn.functional.conv2d(input, weight, strides: [shape.Stride, shape.Stride], padding: [shape.Padding, shape.Padding], groups: shape.Groups);
        IList<Tensor> back = autograd.grad([result], [input], [gradient]);
        return (Distance.Relative(Values(result), SlowConvolution.Forward(shape, images, side, values, weights)),
            Distance.Relative(Values(back[0]), SlowConvolution.Backward(shape, images, side, gradients, weights)));

        Tensor Arrange(Tensor plain) => InputLayout.Arrange(plain.to(type), isChannelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
    }

    private static float[] Values(Tensor tensor) => tensor.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
