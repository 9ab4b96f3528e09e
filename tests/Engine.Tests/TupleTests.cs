using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class TupleTests
{
    [Fact]
    public void Calls_that_return_tuples_are_listed_in_their_place()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(5);
        TupleNet net = new();
        CamResult result = new CamEngine(net).Run(randn(1, 3, 12, 12));
        AssertReasons(result.Layers);

        using LiveSession session = new(net, 3, 12, 12);
        AssertReasons(session.Process(new float[3 * 144]).ToResult().Layers);
        AssertReasons(session.Process(new float[3 * 144]).ToResult().Layers);
    }

    [Fact]
    public void Attention_of_vit_b_16_was_called()
    {
        using LoadedModel network = ModelZoo.Create("vit_b_16", "rule:camanim");
        using Tensor input = zeros(1, 3, 224, 224);
        CamResult result = new CamEngine(network.Module).Run(input);
        string[] names = [.. result.Layers.Select(l => l.Name)];
        for (int i = 0; i < 12; i++)
        {
            string block = $"encoder.layers.encoder_layer_{i}";
            int at = Array.IndexOf(names, $"{block}.self_attention");
            Assert.Equal([$"{block}.ln_1", $"{block}.self_attention", $"{block}.dropout"], names[(at - 1)..(at + 2)]);
            Assert.Contains("returns a tuple", result.Layers[at].SkipReason);
        }
    }

    private static void AssertReasons(IReadOnlyList<LayerReport> layers)
    {
        Assert.Equal(["stem", "attention", "four", "head", ""], layers.Take(5).Select(l => l.Name));
        Assert.Contains("returns Tuple<Tensor, Tensor>", layers[1].SkipReason);
        Assert.Contains("takes something other than one to three tensors", layers[2].SkipReason);
        Assert.DoesNotContain("was not called", string.Join(' ', layers.Take(5).Select(l => l.SkipReason)));
    }
}
