using System.Diagnostics;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Memory of methods that run the network again is bounded by the batch, not by the channels.</summary>
public sealed class PerturbationMemoryTests
{
    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    public void MemoryDoesNotGrowWithTheChannels(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        (long few, long most) = (Peak(8), Peak(400));
        Assert.Equal(few, most);

        // Live tensors and images at the end of the network, the most of all batches.
        long Peak(int channels)
        {
            var net = nn.Sequential(("conv", nn.Conv2d(3, channels, 3)), ("pool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()), ("fc", nn.Linear(channels, 3)));
            CamOptions options = new() { Method = method, Layers = Layers.LayerSelection.Glob("conv"), BatchSize = 4 };
            new CamEngine(net).Run(TestNets.Input(), options);
            long before = LiveTensors.Count();
            long peak = 0;
            int images = 0;
            net.register_forward_hook((_, _, output) =>
            {
                peak = Math.Max(peak, Tensor.TotalCount - before);
                Assert.InRange(output.shape[0], 1, 4);
                images += (int)output.shape[0];
                return output;
            });
            new CamEngine(net).Run(TestNets.Input(), options);
            Assert.Equal(1 + channels, images);
            return peak;
        }
    }

    [Fact]
    public void ABatchFitsIntoItsShareOfTheMemory()
    {
        using Tensor input = zeros(1, 3, 224, 224);
        Assert.Equal(7, Perturbation.BatchSize.Choose(7, input, long.MaxValue / 1000));
        Assert.Equal(1, Perturbation.BatchSize.Choose(null, input, 1L << 40));
        Assert.Equal(32, Perturbation.BatchSize.Choose(null, input, 1));
        int some = Perturbation.BatchSize.Choose(null, input, 4 << 20);
        Assert.InRange(some, 1, 10);
        Assert.True(4L * 6 * some * (4 << 20) <= 1L << 30);
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [Trait("Category", "Slow")]
    public void ManyChannelsTakeNoMoreMemoryThanOneBatchOfThem(CamMethod method)
    {
        // 512 channels are sixteen batches; what the allocator keeps apart between them is allowed.
        const long AllowedInBytes = 96L << 20;
        using LoadedModel network = ModelZoo.Create("resnet18");
        network.LoadWeights("rule:camanim");
        using Tensor input = zeros(1, 3, 224, 224);
        long peak = 0;
        var hook = network.Module.register_forward_hook((_, _, output) =>
        {
            using Process process = Process.GetCurrentProcess();
            peak = Math.Max(peak, process.WorkingSet64);
            return output;
        });
        CamOptions options = new() { Method = method, Layers = Layers.LayerSelection.Glob("layer4"), BatchSize = 32 };
        new CamEngine(network.Module).Run(input, options with { ChannelLimit = 32 });
        long one = peak;
        new CamEngine(network.Module).Run(input, options);
        hook.remove();
        TestContext.Current.TestOutputHelper?.WriteLine($"{method}: one batch {one >> 20} MiB, sixteen {peak >> 20} MiB");
        Assert.InRange(peak, one, one + AllowedInBytes);
    }
}
