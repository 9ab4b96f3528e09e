using System.Text.Json;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Files;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class RoadFileTests
{
    private static readonly YbRoadResult Series = new()
    {
        Layers =
        [
            new LayerRoad
            {
                Name = "a, \"b\"", Parameters = 12, Road = 0.1f, Trials = [0.05f, 0.15f], Deviation = 0.070710678f,
                Percentiles = [Percentile(12.5, 0.3f, 0.4f)],
            },
            new LayerRoad { Name = "c", Road = null, Reason = "nothing would be kept", Percentiles = [Percentile(12.5, 1f / 3, float.NaN)] },
            new LayerRoad { Name = "d", Road = -0.25f, SameAs = "z" },
        ],
        Options = new RoadOptions { Mode = RoadMode.Reference, Percentiles = [12.5], Noise = 0.02f, Seed = ulong.MaxValue, Trials = 2 },
        ClassIndex = 7,
        Probability = 0.9f,
    };

    [Fact]
    public void JsonHasTheNamedFields()
    {
        using JsonDocument json = JsonDocument.Parse(Json());
        JsonElement root = json.RootElement;
        JsonElement[] frames = [.. root.GetProperty("frames").EnumerateArray()];
        Assert.Equal("a, \"b\"", frames[0].GetProperty("name").GetString());
        Assert.Equal(0.1f, frames[0].GetProperty("road").GetSingle());
        Assert.False(frames[0].TryGetProperty("reason", out _));
        Assert.Equal(JsonValueKind.Null, frames[1].GetProperty("road").ValueKind);
        Assert.Equal("nothing would be kept", frames[1].GetProperty("reason").GetString());
        Assert.Equal(0.4f, frames[0].GetProperty("percentiles")[0].GetProperty("least").GetProperty("score").GetSingle());
        Assert.Equal(-0.075f, root.GetProperty("mean").GetSingle(), 1e-7f);
        Assert.Equal(0.1f, root.GetProperty("max").GetSingle());
        Assert.Equal("a, \"b\"", root.GetProperty("maxLayer").GetString());
        Assert.Equal("d", root.GetProperty("finalLayer").GetString());
        Assert.Equal(0.35f, root.GetProperty("differenceToFinal").GetSingle(), 1e-7f);
    }

    [Fact]
    public void JsonReadsBackToTheSameBits()
    {
        byte[] first = Json();
        YbRoadResult read = RoadJson.Read(new MemoryStream(first));
        using MemoryStream second = new();
        RoadJson.Write(read, second);
        Assert.Equal(first, second.ToArray());
        Assert.Equal(1f / 3, read.Layers[1].Percentiles[0].MostFirst.Score);
        Assert.Equal(float.NaN, read.Layers[1].Percentiles[0].LeastFirst.Score);
        Assert.Equal(Series.Layers[0].Trials, read.Layers[0].Trials);
        Assert.Equal("z", read.Layers[2].SameAs);
        Assert.Equal(ulong.MaxValue, read.Options.Seed);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"frames\":[]}")]
    public void OtherJsonIsRefused(string text) =>
        Assert.Contains("not a ybROAD file", Assert.Throws<CamException>(() => RoadJson.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)))).Message);

    [Fact]
    public void CsvIsQuoted()
    {
        using StringWriter text = new();
        RoadCsv.Write(Series, text);
        Assert.Equal(
            [
                "frame,name,parameters,road,deviation,reason,same_as,most_12.5,least_12.5",
                "0,\"a, \"\"b\"\"\",12,0.1,0.07071068,,,0.3,0.4",
                "1,c,0,,,nothing would be kept,,0.33333334,",
                "2,d,0,-0.25,,,z,,",
                "",
            ],
            text.ToString().Split("\r\n"));
    }

    private static PercentileRoad Percentile(double percentile, float most, float least) => new()
    {
        Percentile = percentile,
        MostFirst = new RoadStep { Removed = 3, Threshold = 0.2f, Score = most, TrialScores = [most, most] },
        LeastFirst = new RoadStep { Removed = 4, Score = least, TrialScores = [least, least] },
    };

    private static byte[] Json()
    {
        using MemoryStream stream = new();
        RoadJson.Write(Series, stream);
        return stream.ToArray();
    }
}
