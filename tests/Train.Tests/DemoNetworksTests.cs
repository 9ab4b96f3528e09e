using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train.Tests;

public sealed class DemoNetworksTests
{
    // Seeds that neither training nor validation uses.
    private const ulong FreshSeed = 7_000_000;

    [Fact]
    public void The_scene_network_knows_97_of_100_fresh_scenes()
    {
        double accuracy = Accuracy(DemoNetworks.Scenes, 500, i => DemoScenes.Draw(FreshSeed + (ulong)i, i % 8), i => i % 8);
        Assert.True(accuracy >= 0.97, $"accuracy {accuracy:P1} on 500 scenes from seed {FreshSeed}");
    }

    [Fact]
    public void The_phantom_network_knows_90_of_100_fresh_phantoms()
    {
        double accuracy = Accuracy(DemoNetworks.Phantom, 300, i => DemoPhantoms.Draw(FreshSeed + (ulong)i, i % 3), i => i % 3);
        Assert.True(accuracy >= 0.90, $"accuracy {accuracy:P1} on 300 phantoms from seed {FreshSeed}");
    }

    [Fact]
    public void Both_classes_of_a_pair_are_the_two_highest_in_most_scenes()
    {
        using nn.Module<Tensor, Tensor> network = DemoNetworks.Load(DemoNetworks.Scenes);
        DemoScene[] scenes = [.. Enumerable.Range(0, 200).Select(i => DemoScenes.DrawRandom(FreshSeed + (ulong)i, 2))];
        int right = 0;
        foreach ((DemoScene scene, float[] scores) in scenes.Zip(Scores(network, scenes)))
        {
            IEnumerable<int> highest = Enumerable.Range(0, 8).OrderByDescending(k => scores[k]).Take(2).Order();
            right += highest.SequenceEqual(scene.Objects.Select(o => o.ClassIndex).Order()) ? 1 : 0;
        }

        Assert.True(right >= 170, $"both classes come first in {right} of 200 scenes from seed {FreshSeed}");
    }

    [Theory]
    [InlineData(DemoNetworks.Scenes, 0.97)]
    [InlineData(DemoNetworks.Phantom, 0.90)]
    public void The_weights_say_what_they_are(string name, double least)
    {
        using WeightFile file = WeightFile.Open(DemoNetworks.PlaceWeights(name));
        Assert.Equal(name, file.Metadata["architecture"]);
        Assert.Equal(string.Join(",", DemoNetworks.ClassNamesOf(name)), file.Metadata["classes"]);
        Assert.Equal(("128", "0.5,0.5,0.5", "0.25,0.25,0.25"), (file.Metadata["size"], file.Metadata["mean"], file.Metadata["std"]));
        Assert.True(double.Parse(file.Metadata["validation_accuracy"]) >= least);
        Assert.All(file.Entries, entry => Assert.Equal(WeightType.Float16, entry.Type));
        using FileStream weights = File.OpenRead(DemoNetworks.PlaceWeights(name));
        Assert.InRange(weights.Length, 100_000, 2_000_000);
    }

    [Fact]
    public void An_unknown_network_is_refused_with_the_names_there_are()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => DemoNetworks.Load("demo"));
        Assert.Contains("'demo_scenes' and 'demo_phantom'", error.Message);
    }

    private static double Accuracy(string name, int count, Func<int, DemoScene> draw, Func<int, int> expected)
    {
        using nn.Module<Tensor, Tensor> network = DemoNetworks.Load(name);
        float[][] scores = Scores(network, [.. Enumerable.Range(0, count).Select(draw)]);
        return scores.Select((row, i) => Array.IndexOf(row, row.Max()) == expected(i) ? 1.0 : 0.0).Average();
    }

    private static float[][] Scores(nn.Module<Tensor, Tensor> network, DemoScene[] scenes)
    {
        const int plane = DemoScenes.Size * DemoScenes.Size * 3;
        using var noGradient = no_grad();
        return [.. scenes.Chunk(50).SelectMany(chunk =>
        {
            using DisposeScope scope = NewDisposeScope();
            float[] values = new float[chunk.Length * plane];
            for (int i = 0; i < chunk.Length; i++)
            {
                DemoPreprocessing.Write(chunk[i].Image, values.AsSpan(i * plane, plane));
            }

            Tensor scores = network.call(tensor(values, [chunk.Length, 3, DemoScenes.Size, DemoScenes.Size]));
            return scores.data<float>().ToArray().Chunk((int)scores.shape[1]).ToArray();
        })];
    }
}
