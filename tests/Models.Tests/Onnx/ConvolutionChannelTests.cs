using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Networks of one 3x3 convolution for every number of channels that processors were found to compute wrongly with, against float64.</summary>
public sealed class ConvolutionChannelTests
{
    private const int Side = 14;

    // Relative to the largest value: sums of at most 864 products in float32.
    private const double Tolerance = 1e-5;

    public static TheoryData<int> ChannelCounts => [.. Enumerable.Range(1, 24).Select(i => 4 * i)];

    [Theory]
    [MemberData(nameof(ChannelCounts))]
    public void Output_and_gradient_are_those_of_float64_alone_and_in_batches(int channels)
    {
        float[] spread = TinyNetwork.Values(channels * 3, "spread");
        float[] kernel = TinyNetwork.Values(channels * channels * 9, "kernel");
        byte[] content = new OnnxWriter()
            .Input(1, 3, Side, Side)
            .Floats("spread", spread, channels, 3, 1, 1)
            .Floats("kernel", kernel, channels, channels, 3, 3)
            .Node("Conv", "x,spread", "wide", ("kernel_shape", new long[] { 1, 1 }))
            .Node("Conv", "wide,kernel", "z", ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))
            .Node("Flatten", "z", "y", ("axis", 1L))
            .Output("y", 1, channels * Side * Side)
            .Content();
        using LoadedModel model = TinyNetwork.Open(content);
        foreach (int batch in (int[])[1, 2, 5])
        {
            using var scope = NewDisposeScope();
            using Tensor input = TinyNetwork.Picture(batch, 3, Side, Side);
            Tensor x = input.detach().requires_grad_(true);
            Tensor exact = input.to(ScalarType.Float64).detach().requires_grad_(true);
            Tensor actual = model.Module.call(x);
            Tensor wide = nn.functional.conv2d(exact, tensor(spread, [channels, 3, 1, 1]).to(ScalarType.Float64));
            Tensor expected = nn.functional.conv2d(wide, tensor(kernel, [channels, channels, 3, 3]).to(ScalarType.Float64), padding: [1, 1]).flatten(1);
            Tensor weights = TinyNetwork.Picture(expected.shape);
            Tensor gradient = autograd.grad([actual.mul(weights).sum()], [x])[0];
            Tensor exactGradient = autograd.grad([expected.mul(weights.to(ScalarType.Float64)).sum()], [exact])[0];
            AssertClose(actual, expected, $"output of {channels} channels, batch of {batch}");
            AssertClose(gradient, exactGradient, $"gradient of {channels} channels, batch of {batch}");
        }
    }

    private static void AssertClose(Tensor actual, Tensor expected, string what)
    {
        double largest = (actual.to(ScalarType.Float64) - expected).abs().max().item<double>();
        double scale = expected.abs().max().item<double>();
        Assert.True(largest <= Tolerance * scale, $"{what}: off by {largest / scale:g3} of the largest value, {scale:g3}");
    }
}
