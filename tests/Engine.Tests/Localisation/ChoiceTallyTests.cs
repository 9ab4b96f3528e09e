using CAManim.Native.Engine.Localisation;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Tests.Road;

namespace CAManim.Native.Engine.Tests.Localisation;

public sealed class ChoiceTallyTests
{
    private static readonly byte[] TopLeft = [1, 0, 0, 0];
    private static readonly float[] Hit = [2, 0, 0, 1];
    private static readonly float[] Miss = [0, 2, 1, 0];

    [Fact]
    public void TheFirstLayerWithTheHighestScoreIsComparedWithTheLast()
    {
        ObjectChoice choice = Choose(("a", Miss, 0.1f), ("b", Hit, 0.3f), ("c", Hit, 0.3f), ("d", Miss, 0.2f));
        Assert.Equal(new ChosenLayer("b", 0.3f, null, true), choice.Best);
        Assert.Equal(new ChosenLayer("d", 0.2f, null, false), choice.Final);
        Assert.Equal((false, 4, 4, 5, 3), (choice.IsSame, choice.Layers, choice.Scored, choice.Scene, choice.ClassIndex));
    }

    [Fact]
    public void DegenerateMapsAreNotChosen()
    {
        ObjectChoice choice = Choose(("a", Hit, 0.1f), ("flat", [1, 1, 1, 1], null));
        Assert.Equal(("a", "flat", "none", 1), (choice.Best!.Layer, choice.Final.Layer, choice.Final.Reason, choice.Scored));
        Assert.Null(choice.Final.Road);
        Assert.Null(Choose(("flat", [1, 1, 1, 1], null)).Best);
    }

    [Fact]
    public void SharesAndCountsAreOfAllObjects()
    {
        ChoiceTally tally = new([
            Choose(("a", Hit, 0.3f), ("b", Miss, 0.2f)),
            Choose(("a", Hit, 0.3f), ("b", Hit, 0.2f)),
            Choose(("a", Miss, 0.3f), ("b", Hit, 0.2f)),
            Choose(("a", Miss, 0.1f), ("b", Hit, 0.2f)),
            Choose(("a", Hit, null), ("b", Hit, null)),
        ]);
        Assert.Equal((0.8, 0.6), (tally.FinalPointing!.Value, tally.BestPointing!.Value));
        Assert.Equal(-0.2, tally.Gain!.Value, 1e-12);
        Assert.Equal((1, 2, 1, 1, "a"), (tally.OnlyBest, tally.OnlyFinal, tally.Same, tally.Without, tally.UsualLayer));
        Assert.Null(new ChoiceTally([]).Gain);
        Assert.Null(new ChoiceTally([]).UsualLayer);
    }

    [Fact]
    public void ScoresOfOtherLayersAreRefused()
    {
        CamResult maps = RoadMaps.Result(2, 2, 3, RoadMaps.Layer("a", 2, 2, Hit));
        Assert.Throws<CamException>(() => ObjectChoice.Of(maps, Road(("b", Hit, 0.1f)), TopLeft, 2, 2, 0));
        Assert.Throws<CamException>(() => ObjectChoice.Of(maps with { Frames = [] }, Road(), TopLeft, 2, 2, 0));
    }

    [Fact]
    public void CsvHasALineAnObject()
    {
        using StringWriter writer = new();
        ChoiceCsv.Write([KeyValuePair.Create("Grad,CAM", new ChoiceTally([Choose(("a", Hit, 0.25f), ("b", Miss, null)), Choose(("b", Hit, null))]))], writer);
        Assert.Equal(
            [
                "method,scene,class,final_layer,final_road,final_reason,final_hit,best_layer,best_road,best_hit,layers,scored",
                "\"Grad,CAM\",5,3,b,,none,0,a,0.25,1,2,1",
                "\"Grad,CAM\",5,3,b,,none,1,,,,1,0",
                "",
            ],
            writer.ToString().Split("\r\n"));
    }

    private static ObjectChoice Choose(params (string Name, float[] Map, float? Road)[] layers) => ObjectChoice.Of(
        RoadMaps.Result(2, 2, 3, [.. layers.Select(l => RoadMaps.Layer(l.Name, 2, 2, l.Map))]), Road(layers), TopLeft, 2, 2, scene: 5);

    private static YbRoadResult Road(params (string Name, float[] Map, float? Road)[] layers) => new()
    {
        Layers = [.. layers.Select(l => new LayerRoad { Name = l.Name, Road = l.Road, Reason = l.Road is null ? "none" : null })],
        Options = new RoadOptions(),
        ClassIndex = 3,
        Probability = 1,
    };
}
