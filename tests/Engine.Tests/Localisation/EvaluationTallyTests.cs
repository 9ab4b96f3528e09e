using CAManim.Native.Engine.Localisation;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Tests.Localisation;

public sealed class EvaluationTallyTests
{
    // Sums of a few float32 values in float64: only the rounding of the resize is left.
    private const double Tolerance = 1e-6;

    private static readonly byte[] TopLeft = [255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void A_map_that_is_the_mask_scores_one()
    {
        EvaluationTally tally = new();
        tally.Add([Map("a", 4, 4, [.. TopLeft.Select(m => m / 255f)])], TopLeft, 4, 4);
        EvaluationScore score = Assert.Single(tally.Layers);
        Assert.Equal((0, "a", 4, 4, 1, 1.0, 1.0, 0), (score.Frame, score.Layer, score.Height, score.Width, score.Maps, score.Pointing, score.Energy!.Value, score.Empty));
        Assert.Equal(1 / 16.0, tally.Chance);
    }

    [Fact]
    public void A_map_outside_of_the_mask_scores_zero()
    {
        EvaluationTally tally = new();
        tally.Add([Map("a", 4, 4, [.. TopLeft.Select((_, i) => i == 15 ? 1f : 0f)])], TopLeft, 4, 4);
        Assert.Equal((0.0, 0.0), (tally.Layers[0].Pointing, tally.Layers[0].Energy!.Value));
    }

    [Fact]
    public void The_numbers_are_those_of_the_single_functions()
    {
        EvaluationTally tally = new();
        Random random = new(3);
        double hits = 0, energy = 0;
        for (int n = 0; n < 9; n++)
        {
            float[] values = [.. Enumerable.Range(0, 20).Select(_ => Math.Max(0, random.NextSingle() - 0.4f))];
            byte[] mask = [.. Enumerable.Range(0, 13 * 11).Select(_ => (byte)random.Next(2))];
            tally.Add([Map("a", 4, 5, values)], mask, 13, 11);
            hits += PointingGame.Hits(values, 4, 5, mask, 13, 11) ? 1 : 0;
            energy += EnergyInside.Share(values, 4, 5, mask, 13, 11)!.Value;
        }

        Assert.Equal(hits / 9, tally.Layers[0].Pointing);
        Assert.Equal(energy / 9, tally.Layers[0].Energy!.Value);
    }

    [Fact]
    public void Maps_without_energy_are_misses_and_counted()
    {
        EvaluationTally tally = new();
        tally.Add([Map("a", 2, 2, new float[4])], TopLeft, 4, 4);
        Assert.Equal((0.0, null, 1), (tally.Layers[0].Pointing, tally.Layers[0].Energy, tally.Layers[0].Empty));
        tally.Add([Map("a", 2, 2, [1, 1, 1, 1])], TopLeft, 4, 4);
        Assert.Equal((2, 1), (tally.Layers[0].Maps, tally.Layers[0].Empty));
        Assert.Equal(1 / 16.0, tally.Layers[0].Energy!.Value, Tolerance);
    }

    [Fact]
    public void Best_last_and_mean_pass_over_maps_of_one_pixel()
    {
        EvaluationTally tally = new();
        tally.Add([Map("good", 2, 2, [9, 0, 0, 0]), Map("bad", 2, 2, [0, 0, 0, 9]), Map("pooled", 1, 1, [5])], TopLeft, 4, 4);
        Assert.Equal(("good", "bad", 0.5), (tally.Best!.Layer, tally.Last!.Layer, tally.MeanPointing));
        Assert.Equal(["good", "bad", "pooled"], tally.Layers.Select(s => s.Layer));
        Assert.Equal((tally.Layers[0].Energy + tally.Layers[1].Energy) / 2, tally.MeanEnergy);
    }

    [Fact]
    public void Nothing_added_has_no_scores()
    {
        EvaluationTally tally = new();
        Assert.Empty(tally.Layers);
        Assert.Equal((0, 0.0, null, null), (tally.Objects, tally.Chance, tally.Best, tally.Last));
        Assert.Equal((null, null), (tally.MeanPointing, tally.MeanEnergy));
    }

    [Fact]
    public void A_mask_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => new EvaluationTally().Add([Map("a", 2, 2, new float[4])], TopLeft, 4, 5));

    [Fact]
    public void The_csv_has_a_line_a_method_and_layer()
    {
        EvaluationTally tally = new();
        tally.Add([Map("a,b", 2, 2, [9, 0, 0, 0]), Map("c", 1, 1, [0])], TopLeft, 4, 4);
        using StringWriter writer = new();
        EvaluationCsv.Write([KeyValuePair.Create("GradCAM", tally)], writer);
        string[] lines = writer.ToString().Split("\r\n");
        Assert.Equal("method,frame,layer,height,width,maps,pointing,energy,empty,chance", lines[0]);
        Assert.StartsWith("GradCAM,0,\"a,b\",2,2,1,1,0.", lines[1], StringComparison.Ordinal);
        Assert.Equal(["GradCAM,1,c,1,1,1,0,,1,0.0625", ""], lines[2..]);
    }

    private static LayerMap Map(string name, int height, int width, float[] values) => new()
    {
        Name = name,
        ModuleClass = "Conv2d",
        Channels = 1,
        Height = height,
        Width = width,
        SignedMap = values,
        Map = values,
        Minimum = values.Min(),
        Maximum = values.Max(),
    };
}
