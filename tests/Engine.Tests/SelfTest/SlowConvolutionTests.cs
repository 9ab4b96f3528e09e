using CAManim.Native.Engine.SelfTest;
using CAManim.Native.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.SelfTest;

/// <summary>The reference loops of the self-test against a convolution written out, and libtorch's convolutions against float64 for every number of channels.</summary>
public sealed class SlowConvolutionTests
{
    // Sums of up to 864 products in another order.
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Channels => [.. Enumerable.Range(1, 24).Select(i => 4 * i)];

    [Fact]
    public void ByHand()
    {
        // [1,1,3,3] with a kernel of ones: the sum of the neighbourhood.
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        float[] ones = [1, 1, 1, 1, 1, 1, 1, 1, 1];
        Assert.Equal([12, 21, 16, 27, 45, 33, 24, 39, 28], SlowConvolution.Forward(new ConvolutionShape(1, 1, 3), 1, 3, input, ones));
        Assert.Equal([12, 16, 24, 28], SlowConvolution.Forward(new ConvolutionShape(1, 1, 3, 2), 1, 3, input, ones));

        // The gradient of four outputs of 1: how many of them see a pixel.
        Assert.Equal([1, 2, 1, 2, 4, 2, 1, 2, 1], SlowConvolution.Backward(new ConvolutionShape(1, 1, 3, 2), 1, 3, [1, 1, 1, 1], ones));
    }

    [Theory]
    [InlineData(2, 6, 5, 3, 1, 1)]
    [InlineData(1, 6, 4, 3, 2, 2)]
    [InlineData(2, 4, 4, 5, 2, 4)]
    [InlineData(1, 3, 8, 7, 2, 1)]
    [InlineData(1, 8, 2, 1, 2, 1)]
    public void AsInFloat64(int images, int channels, int outputs, int kernel, int stride, int groups)
    {
        ConvolutionShape shape = new(channels, outputs % groups == 0 ? outputs : groups, kernel, stride, groups);
        const int Side = 9;
        int fan = channels / groups, side = shape.OutputSide(Side);
        float[] values = SmallIntegers.Make(images * channels * Side * Side, 3, 1), weights = SmallIntegers.Make(shape.OutputChannels * fan * kernel * kernel, 2, 2);
        float[] gradients = SmallIntegers.Make(images * shape.OutputChannels * side * side, 3, 3);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = tensor(values, [images, channels, Side, Side]).to(ScalarType.Float64).requires_grad_(true);
        Tensor weight = tensor(weights, [shape.OutputChannels, fan, kernel, kernel]).to(ScalarType.Float64);
        Tensor output = nn.functional.conv2d(input, weight, strides: [stride, stride], padding: [kernel / 2, kernel / 2], groups: groups);
        Tensor gradient = autograd.grad([output], [input], [tensor(gradients, output.shape).to(ScalarType.Float64)])[0];
        Assert.Equal(Values(output), SlowConvolution.Forward(shape, images, Side, values, weights).Select(v => (double)v));
        Assert.Equal(Values(gradient), SlowConvolution.Backward(shape, images, Side, gradients, weights).Select(v => (double)v));
    }

    /// <summary>A network of one 3x3 convolution: one image of a size that goes to oneDNN, and a batch.</summary>
    [Theory]
    [MemberData(nameof(Channels))]
    public void EveryNumberOfChannelsAgreesWithFloat64(int channels)
    {
        using Generator generator = new(0);
        generator.manual_seed(channels);
        foreach ((int images, int side) in (ReadOnlySpan<(int, int)>)[(1, (int)Math.Ceiling(Math.Sqrt(20481.0 / channels))), (3, 9)])
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor values = randn([images, channels, side, side], generator: generator), weights = randn([channels, channels, 3, 3], generator: generator), gradients = randn([images, channels, side, side], generator: generator);
            (double[] output, double[] gradient) = Run(values, weights, gradients, ScalarType.Float32);
            (double[] expected, double[] expectedGradient) = Run(values, weights, gradients, ScalarType.Float64);
            AssertClose(output, expected, $"C={channels}, {images} images");
            AssertClose(gradient, expectedGradient, $"C={channels}, {images} images, gradient");
        }
    }

    private static (double[] Output, double[] Gradient) Run(Tensor values, Tensor weights, Tensor gradients, ScalarType type)
    {
        Tensor input = values.to(type, copy: true).requires_grad_(true);
        using nn.Module<Tensor, Tensor> network = nn.Conv2d(values.shape[1], values.shape[1], 3, padding: 1, bias: false, dtype: type);
        using (no_grad())
        {
            network.parameters().Single().copy_(weights);
        }

        Tensor output = network.call(input);
        return (Values(output), Values(autograd.grad([output], [input], [gradients.to(type)])[0]));
    }

    private static double[] Values(Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    private static void AssertClose(double[] actual, double[] expected, string what)
    {
        double scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(actual.All(double.IsFinite), $"{what}: not finite");
        Assert.InRange(actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max() / scale, 0, Tolerance);
    }
}
