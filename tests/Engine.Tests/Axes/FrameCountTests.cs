using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Axes;

/// <summary>How many frames each network gives at its own size, and how many of its calls are skipped: frame-counts.txt.</summary>
public sealed class FrameCountTests
{
    private static readonly string[] Sample = ["resnet18", "squeezenet1_1", "convnext_tiny", "swin_t", "swin_v2_t"];

    public static TheoryData<string, int, int, int> Some() => Rows(Sample.Contains);

    public static TheoryData<string, int, int, int> Others() => Rows(name => !Sample.Contains(name));

    [Fact]
    public void Every_network_has_its_row() =>
        Assert.Equal(ModelZoo.Names.Order(StringComparer.Ordinal), Lines().Select(l => l[0]));

    [Theory]
    [MemberData(nameof(Some))]
    public void Frames_are_those_of_the_file(string name, int size, int frames, int skipped)
    {
        using LoadedModel network = ModelZoo.Create(name, "rule:camanim");
        random.manual_seed(3);
        using Tensor input = randn(1, 3, network.InputSize, network.InputSize);
        CamResult result = new CamEngine(network.Module).Run(input);
        Assert.Equal($"{name} {size} {frames} {skipped}", $"{name} {network.InputSize} {result.Frames.Count} {result.Layers.Count(l => !l.IsKept)}");
        Assert.Equal(result.Frames.Count, result.Layers.Count(l => l.IsKept));
    }

    [Theory]
    [MemberData(nameof(Others))]
    [Trait("Category", "Slow")]
    public void Frames_of_all_are_those_of_the_file(string name, int size, int frames, int skipped) => Frames_are_those_of_the_file(name, size, frames, skipped);

    private static TheoryData<string, int, int, int> Rows(Func<string, bool> isWanted)
    {
        TheoryData<string, int, int, int> rows = [];
        foreach (string[] line in Lines().Where(l => isWanted(l[0])))
        {
            rows.Add(line[0], int.Parse(line[1]), int.Parse(line[2]), int.Parse(line[3]));
        }

        return rows;
    }

    private static IEnumerable<string[]> Lines() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Axes", "frame-counts.txt")).Where(l => !l.StartsWith('#')).Select(l => l.Split(' '));
}
