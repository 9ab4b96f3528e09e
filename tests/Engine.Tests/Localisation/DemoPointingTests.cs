using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Localisation;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Demo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Localisation;

/// <summary>Do the maps point at the right thing? Asked of pictures whose truth is known.</summary>
public sealed class DemoPointingTests
{
    private const int Scenes = 20;
    private const ulong Seed = 9_000_000;

    [Theory]
    [InlineData(CamMethod.GradCAM)]
    [InlineData(CamMethod.HiResCAM)]
    [InlineData(CamMethod.LayerCAM)]
    public void The_best_layer_points_at_each_of_two_objects_in_nine_of_ten_scenes(CamMethod method)
    {
        (string layer, double share) = Shares(method).MaxBy(entry => entry.Value);
        Assert.True(share >= 0.9, $"{method}: the best layer, {layer}, points into the mask in {share:P0} of {2 * Scenes} maps, seed {Seed}");
    }

    [Fact]
    public void Random_weights_do_not()
    {
        double mean = Shares(CamMethod.RandomCAM).Values.Average();
        Assert.True(mean < 0.4, $"RandomCAM points into the mask in {mean:P0} of the maps of layer4, seed {Seed}");
    }

    // Share of hits by layer, over both objects of all scenes.
    private static Dictionary<string, double> Shares(CamMethod method)
    {
        using nn.Module<Tensor, Tensor> network = DemoNetworks.Load(DemoNetworks.Scenes);
        CamEngine engine = new(network);
        Dictionary<string, double> shares = [];
        for (int i = 0; i < Scenes; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            DemoScene scene = DemoScenes.DrawRandom(Seed + (ulong)i, 2);
            float[] planes = new float[3 * DemoScenes.Size * DemoScenes.Size];
            DemoPreprocessing.Write(scene.Image, planes);
            Tensor input = tensor(planes, [1, 3, DemoScenes.Size, DemoScenes.Size]);
            Target[] targets = [.. scene.Objects.Select(item => Target.Class(item.ClassIndex))];
            IReadOnlyList<CamResult> results = engine.RunBatch(cat([input, input]), new CamOptions { Method = method, Seed = (ulong)i, Layers = LayerSelection.Glob("layer4*") }, targets);
            foreach ((CamResult result, DemoObject item) in results.Zip(scene.Objects))
            {
                foreach (LayerMap map in result.Frames)
                {
                    bool isHit = PointingGame.Hits(map.Map.Span, map.Height, map.Width, item.Mask, DemoScenes.Size, DemoScenes.Size);
                    shares[map.Name] = shares.GetValueOrDefault(map.Name) + (isHit ? 0.5 / Scenes : 0);
                }
            }
        }

        return shares;
    }
}
