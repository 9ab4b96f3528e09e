using CAManim.Native.Engine.Axes;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Axes;

/// <summary>Networks whose outputs fold, at sizes where a side equals the number of channels or nearly does.</summary>
public sealed class FoldingTests
{
    /// <summary>What does not change with the picture's size is the channels; everything else are positions.</summary>
    [Theory]
    [InlineData("swin_t", 224)]
    [InlineData("swin_t", 384)]
    [InlineData("swin_t", 380)]
    [InlineData("convnext_tiny", 224)]
    [InlineData("convnext_tiny", 384)]
    [InlineData("convnext_tiny", 376)]
    [InlineData("swin_v2_t", 256)]
    [InlineData("swin_v2_t", 384)]
    public void Channels_are_what_does_not_grow_with_the_picture(string name, int size)
    {
        using LoadedModel network = ModelZoo.Create(name, "rule:camanim");
        Dictionary<string, long[]> small = Shapes(network.Module, size);
        Dictionary<string, long[]> large = Shapes(network.Module, size + 128);
        CamResult result = Run(network.Module, size);
        int folded = 0;
        foreach (LayerReport layer in result.Layers.Where(l => l.OutputShape is { Count: 4 }))
        {
            long[] shape = [.. layer.OutputShape!];
            int[] grown = [.. Enumerable.Range(1, 3).Where(i => small[layer.Name][i] != large[layer.Name][i])];
            if (grown.Length == 0)
            {
                Assert.True(layer.SkipReason is not null, $"{name} at {size}: {layer.Name} [{string.Join(',', shape)}] does not know the picture's size");
                continue;
            }

            int channels = Enumerable.Range(1, 3).Except(grown).Single();
            LayerMap frame = result.Frames.Single(f => f.Name == layer.Name);
            Assert.Equal((layer.Name, shape[channels], shape[grown[0]], shape[grown[1]]), (frame.Name, frame.Channels, frame.Height, frame.Width));
            Assert.Equal((layer.Name, channels == 1 ? MapOrder.ChannelsFirst : MapOrder.ChannelsLast), (layer.Name, Survey(network.Module, size)[layer.Name]));
            folded += channels == 3 ? 1 : 0;
        }

        Assert.InRange(folded, 18, int.MaxValue);
    }

    /// <summary>A permutation of dimensions changes no map: activation and gradient are the same numbers.</summary>
    [Theory]
    [InlineData("swin_t", "features.0.0", "features.0.1")]
    [InlineData("swin_t", "norm", "permute")]
    [InlineData("convnext_tiny", "features.1.0.block.0", "features.1.0.block.1")]
    [InlineData("convnext_tiny", "features.1.2.block.5", "features.1.2.block.6")]
    public void A_permuted_cube_gives_the_same_map(string name, string before, string after)
    {
        using LoadedModel network = ModelZoo.Create(name, "rule:camanim");
        CamResult result = Run(network.Module, 384);
        Assert.Equal([1L, 96, 96, 96], name == "swin_t" && before == "norm" ? [1, 96, 96, 96] : result.Layers.Single(l => l.Name == before).OutputShape!);
        LayerMap a = result.Frames.Single(f => f.Name == before);
        LayerMap b = result.Frames.Single(f => f.Name == after);
        Assert.InRange(Numbers.RelativeL2(b.SignedMap.Span, a.SignedMap.Span), 0, 1e-5);
        Assert.NotEqual(0, a.Maximum - a.Minimum);
    }

    [Fact]
    public void Windows_and_grids_of_maxvit_are_no_maps()
    {
        using LoadedModel network = ModelZoo.Create("maxvit_t", "rule:camanim");
        CamResult result = Run(network.Module, 224);
        LayerReport[] windows = [.. result.Layers.Where(l => l.Name.Contains("partition_op", StringComparison.Ordinal) && !l.Name.Contains("departition_op", StringComparison.Ordinal)
            || l.Name.Contains("_swap", StringComparison.Ordinal) || l.Name.Contains("attn_layer", StringComparison.Ordinal) || l.Name.Contains("mlp_layer", StringComparison.Ordinal)
            || l.Name.Contains("stochastic_dropout", StringComparison.Ordinal))];
        Assert.Equal(22 * 17, windows.Length);
        Assert.All(windows.Where(l => l.OutputShape is not null), l => Assert.Contains("windows of tokens", l.SkipReason));
        LayerReport[] maps = [.. result.Layers.Where(l => l.Name.EndsWith("departition_op", StringComparison.Ordinal))];
        Assert.Equal(22, maps.Length);
        Assert.All(maps, l => Assert.True(l.IsKept, l.SkipReason));
        foreach (LayerReport map in maps)
        {
            LayerMap frame = result.Frames.Single(f => f.Name == map.Name);
            Assert.Equal((map.OutputShape![1], map.OutputShape[2]), (frame.Channels, frame.Height));
        }
    }

    [Fact]
    public void Tokens_of_vit_b_16_fold_row_by_row()
    {
        using LoadedModel network = ModelZoo.Create("vit_b_16", "rule:camanim");
        CamResult result = Run(network.Module, 224);
        Assert.All(result.Frames.Where(f => f.Name.StartsWith("encoder", StringComparison.Ordinal)), f => Assert.Equal((14, 14), (f.Height, f.Width)));
        Assert.All(result.Frames.Where(f => f.Name.EndsWith("mlp.0", StringComparison.Ordinal)), f => Assert.Equal(3072, f.Channels));
    }

    /// <summary>The name and order of every call of a survey.</summary>
    private static Dictionary<string, MapOrder> Survey(nn.Module<Tensor, Tensor> model, int size)
    {
        IReadOnlyList<ModuleNode> nodes = ModuleTree.Walk(model);
        using DisposeScope scope = NewDisposeScope();
        NetworkSurvey survey = NetworkSurvey.Of(model, nodes, zeros(1, 3, size, size));
        return nodes.SelectMany(n => Enumerable.Range(0, 2).Select(call => (Name: LayerReports.NameOf(n, call), survey[n, call].Order))).ToDictionary(c => c.Name, c => c.Order);
    }

    private static CamResult Run(nn.Module<Tensor, Tensor> model, int size)
    {
        random.manual_seed(7);
        using Tensor input = randn(1, 3, size, size);
        return new CamEngine(model).Run(input, new CamOptions { Method = CamMethod.HiResCAM });
    }

    private static Dictionary<string, long[]> Shapes(nn.Module<Tensor, Tensor> model, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        Dictionary<string, long[]> shapes = [];
        List<Action> removals = [];
        foreach (ModuleNode node in ModuleTree.Walk(model))
        {
            int calls = 0;
            Action? removal = ModuleHook.Register(node.Module, null, output =>
            {
                shapes[LayerReports.NameOf(node, calls++)] = output.shape;
                return output;
            });
            removals.AddRange(removal is null ? [] : [removal]);
        }

        model.call(zeros(1, 3, size, size));
        removals.ForEach(r => r());
        return shapes;
    }
}
