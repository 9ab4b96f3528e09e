using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>The same seed gives the same bits, by whatever number of threads.</summary>
public sealed class RepeatedRunTests
{
    // Batches of other sizes run other convolution kernels.
    private const double BatchTolerance = 1e-3;

    [Theory]
    [InlineData(CamMethod.GradCAMPlusPlus)]
    [InlineData(CamMethod.RandomCAM)]
    [InlineData(CamMethod.EigenCAM)]
    [InlineData(CamMethod.KPCACAM)]
    [InlineData(CamMethod.FullGrad)]
    [InlineData(CamMethod.MetaCAM)]
    [InlineData(CamMethod.ShapleyCAM)]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ReciproCAM)]
    public void BitsAreTheSameForOneThreadAndTwo(CamMethod method)
    {
        using LoadedModel network = ModelZoo.Create("resnet18");
        network.LoadWeights("rule:camanim");
        random.manual_seed(Networks.TestNets.Seed);
        using Tensor input = randn(1, 3, 64, 64);
        CamEngine engine = new(network.Module);
        CamOptions options = new() { Method = method, Layers = LayerSelection.Glob("layer2.1,layer3.0.conv1,layer4,layer4.1.bn2"), ChannelLimit = 24, Seed = 11, BatchSize = 8 };
        int threads = get_num_threads();
        try
        {
            float[][] two = Run(2, options);
            Assert.NotEmpty(two);
            Assert.Equal(two, Run(2, options));
            Assert.Equal(two, Run(1, options));
            Assert.All(two.Zip(Run(2, options with { BatchSize = 3 })), p => Assert.InRange(Numbers.RelativeL2(p.Second, p.First), 0, BatchTolerance));
        }
        finally
        {
            set_num_threads(threads);
        }

        float[][] Run(int threads, CamOptions options)
        {
            set_num_threads(threads);
            CamResult result = engine.Run(input, options);
            return [.. result.Frames.Select(f => f.SignedMap.ToArray())];
        }
    }
}
