using CAManim.Native.Report.Timeline;

namespace CAManim.Native.Report.Tests.Pages;

public sealed class StageSplitTests
{
    [Fact]
    public void Children_of_the_network_are_stages_and_lone_layers_are_joined() =>
        Check(["conv1", "bn1", "relu", "layer1.0.conv1", "layer1.0", "layer1", "layer2.0.relu#1", "layer2", ""], "conv1 to relu 0-2", "layer1 3-5", "layer2 6-7", "(network) 8-8");

    [Fact]
    public void A_child_that_holds_most_is_divided_by_its_own_children() =>
        Check(["features.conv0", "features.block1.a", "features.block1", "features.block2.a", "features.block2", "features", "last"], "conv0 0-0", "block1 1-2", "block2 3-4", "features 5-5", "last 6-6");

    [Fact]
    public void A_number_keeps_its_parent() => Check(["body.0.a", "body.0.b", "body.1.a", "body.1.b"], "body.0 0-1", "body.1 2-3");

    [Fact]
    public void Too_many_children_give_way_to_sizes()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"features.{i / 2}.{i % 2}")];
        (int, int)[] sizes = [.. Enumerable.Range(0, 40).Select(i => i < 10 ? (56, 56) : (28, 28))];
        Assert.Equal([new Stage("56 \u00d7 56", 0, 9), new Stage("28 \u00d7 28", 10, 39)], StageSplit.Of(names, sizes));
    }

    [Fact]
    public void One_layer_is_one_stage() => Check(["conv"], "conv 0-0");

    private static void Check(string[] names, params string[] expected) =>
        Assert.Equal(expected, StageSplit.Of(names, [.. names.Select(_ => (7, 7))]).Select(s => $"{s.Name} {s.First}-{s.Last}"));
}
