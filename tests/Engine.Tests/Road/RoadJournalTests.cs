using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Files;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class RoadJournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"camanim-journal-{Guid.NewGuid():N}");

    private static readonly LayerRoad[] Layers =
    [
        new() { Name = "a", Road = 0.1f, Trials = [0.1f], Parameters = 3 },
        new() { Name = "b", Road = null, Reason = "nothing would be kept" },
    ];

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void WhatWasAddedIsThereWhenTheFileIsOpenedAgain()
    {
        RoadJournal journal = RoadJournal.Open(_path);
        Assert.Empty(journal.Keys);
        journal.Add("one", Layers[0]);
        journal.Add("two", Layers[0] with { Name = "c" });
        journal.Add("one", Layers[1]);

        RoadJournal again = RoadJournal.Open(_path);
        Assert.Equal(["one", "two"], again.Keys);
        Assert.Equal(["a", "b"], again.Finished("one").Select(l => l.Name));
        Assert.Equal((0.1f, 3L, "nothing would be kept"), (again.Finished("one")[0].Road!.Value, again.Finished("one")[0].Parameters, again.Finished("one")[1].Reason));
        again.Add("one", Layers[0] with { Road = 0.2f });
        Assert.Equal(0.2f, RoadJournal.Open(_path).Finished("one")[0].Road);
        again.Remove();
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void ALineThatWasCutOffIsPassedOver()
    {
        RoadJournal journal = RoadJournal.Open(_path);
        journal.Add("one", Layers[0]);
        journal.Add("one", Layers[1]);
        byte[] whole = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, whole[..^20]);

        RoadJournal cut = RoadJournal.Open(_path);
        Assert.Equal(["a"], cut.Finished("one").Select(l => l.Name));
        cut.Add("one", Layers[1]);
        Assert.Equal(whole, File.ReadAllBytes(_path));
    }

    [Theory]
    [InlineData("{\"frames\":[]}")]
    [InlineData("no JSON")]
    [InlineData("{\"key\":\"a\",\"layer\":3}")]
    [InlineData("{\"key\":null,\"layer\":{\"name\":\"a\",\"parameters\":1,\"road\":0.1,\"trials\":[],\"percentiles\":[]}}")]
    [InlineData("{\"key\":\"k\",\"layer\":{\"name\":null,\"parameters\":1,\"road\":0.1,\"trials\":[],\"percentiles\":[]}}")]
    [InlineData("{\"key\":\"k\",\"layer\":{\"name\":\"a\",\"parameters\":1,\"road\":1e39,\"trials\":[],\"percentiles\":[]}}")]
    [InlineData("{\"key\":\"k\",\"layer\":{\"name\":\"a\",\"parameters\":1,\"road\":null,\"trials\":[],\"percentiles\":[]}}")]
    [InlineData("{\"key\":\"k\",\"layer\":{\"name\":\"a\",\"parameters\":1,\"road\":0.1,\"trials\":[null],\"percentiles\":[]}}")]
    public void OtherFilesAreRefusedAndLeftAlone(string content)
    {
        File.WriteAllText(_path, content);
        Assert.Contains("Line 1 of", Assert.Throws<CamException>(() => RoadJournal.Open(_path)).Message);
        Assert.Equal(content, File.ReadAllText(_path));
    }

    [Fact]
    public void TheKeyIsOfAllThatDecidesAScore()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TestNets.Input();
        CamResult maps = RoadMaps.Result(9, 9, 1, RoadMaps.Layer("a", 3, 3, RoadMaps.Hills(3, 3, 1)));
        RoadOptions options = new();
        string key = RoadJournal.Key(input, maps, options);
        Assert.Equal(64, key.Length);
        Assert.Equal(key, RoadJournal.Key(input.clone(), maps with { Probability = 0.1f }, options with { BatchSize = 3, IsOverlapping = true }));
        RoadOptions[] others =
        [
            options with { Mode = RoadMode.Reference }, options with { Precision = Precision.BFloat16 }, options with { Noise = 0.02f },
            options with { Seed = 1 }, options with { Trials = 2 }, options with { Percentiles = [20, 40, 60] },
        ];
        Assert.All(others, o => Assert.NotEqual(key, RoadJournal.Key(input, maps, o)));
        Assert.NotEqual(key, RoadJournal.Key(input + 1, maps, options));
        Assert.NotEqual(key, RoadJournal.Key(input, maps with { ClassIndex = 0 }, options));
        Assert.NotEqual(key, RoadJournal.Key(input, RoadMaps.Result(9, 9, 1, RoadMaps.Layer("a", 3, 3, RoadMaps.Hills(3, 3, 2))), options));
    }
}
