using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Curves;
using CAManim.Native.Engine.Road.Drops;
using CAManim.Native.Engine.Road.Files;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Engine.Tests.Road;
using CAManim.Native.Kernels.Outputs;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>How outputs become scores: one output, several findings, a softmax or sigmoid at the end.</summary>
public sealed class ActivationTests
{
    // Rounding of float32 logits through other kernels for other batches.
    private const double Rounding = 1e-6;

    private static float[] Logits(int outputs)
    {
        using IDisposable none = no_grad();
        return [.. new HeadNet(outputs).call(TestNets.Input()).data<float>()];
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    public static TheoryData<string> OneOutput => ["plain", "sigmoid", "squeezed", "sigmoid and squeezed", "told"];

    private static HeadNet One(string form) => form switch
    {
        "plain" => new HeadNet(1),
        "sigmoid" => new HeadNet(1, nn.Sigmoid()),
        "squeezed" => new HeadNet(1, null, y => y.squeeze()),
        "sigmoid and squeezed" => new HeadNet(1, nn.Sigmoid(), y => y.squeeze(1)),
        _ => new ToldNet(1, ScoreActivation.Sigmoid),
    };

    [Theory]
    [MemberData(nameof(OneOutput))]
    public void OneOutputIsScoredByTheSigmoid(string form)
    {
        using DisposeScope scope = NewDisposeScope();
        float logit = Logits(1)[0];
        HeadNet net = One(form);
        CamResult result = new CamEngine(net).Run(TestNets.Input(), new CamOptions { Method = CamMethod.HiResCAM });
        CamResult plain = new CamEngine(new HeadNet(1)).Run(TestNets.Input(), new CamOptions { Method = CamMethod.HiResCAM });

        Assert.Equal((0, ScoreActivation.Sigmoid), (result.ClassIndex, result.Activation));
        Assert.Equal(logit, result.Logits.Span[0], Rounding);
        Assert.Equal(Sigmoid(logit), result.Probability, Rounding);
        Assert.Contains(form.Contains("sigmoid", StringComparison.Ordinal) || form == "told" ? "ends in a sigmoid" : "one output", result.ActivationReason);

        // Maps are of the logit, in all forms.
        Assert.Equal(plain.Frames.Select(f => f.Name), result.Frames.Select(f => f.Name));
        Assert.All(result.Frames.Zip(plain.Frames), p => Numbers.AssertClose(p.First.SignedMap.Span, p.Second.SignedMap.ToArray(), 1e-6, 1e-6, p.First.Name));
        Assert.Contains(result.Frames, f => f.SignedMap.Span.ContainsAnyExcept(0));
    }

    [Theory]
    [MemberData(nameof(OneOutput))]
    public void RoadOfOneOutputIsTheSigmoidOfItsImages(string form)
    {
        using DisposeScope scope = NewDisposeScope();
        HeadNet net = One(form);
        Tensor input = TestNets.Input();
        CamResult maps = new CamEngine(net).Run(input, new CamOptions { Target = Target.Parse("0", _ => 0) });
        YbRoadResult road = YbRoad.Score(net, input, maps, new RoadOptions { Noise = 0, Percentiles = [30, 60] }, new SlowImputer(), null, null, default);

        Assert.Equal(ScoreActivation.Sigmoid, road.Options.Activation);
        Assert.Equal(Sigmoid(Logits(1)[0]), road.Probability, Rounding);
        float[] image = [.. input.data<float>()];
        foreach (LayerRoad layer in road.Layers.Where(l => l.Road is not null))
        {
            float[] signed = maps.Frames.Single(f => f.Name == layer.Name).SignedMap.ToArray();
            double expected = 0;
            foreach (int percentile in new[] { 30, 60 })
            {
                int count = (int)Math.Round((100 - percentile) * 81 / 100.0);
                int[] order = [.. Enumerable.Range(0, 81).OrderByDescending(i => signed[i])];
                expected += (Score(order[^count..]) - Score(order[..count])) / 4;
            }

            Assert.Equal(expected, layer.Road!.Value, 1e-5);
        }

        Assert.True(road.Layers.Count(l => l.Road is { } r && MathF.Abs(r) > 1e-4f) > 1);
        Assert.NotNull(road.MaxLayer);

        double Score(int[] removed)
        {
            using IDisposable none = no_grad();
            byte[] mask = [.. Enumerable.Range(0, 81).Select(i => (byte)(removed.Contains(i) ? 1 : 0))];
            float[] imputed = new float[image.Length];
            new SlowImputer().Impute(image, mask, 3, 9, 9, imputed);
            return Sigmoid(new HeadNet(1).call(tensor(imputed).reshape(1, 3, 9, 9)).data<float>()[0]);
        }
    }

    [Fact]
    public void WhatSpeaksAgainstTheOneOutputIsItsNegative()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(new HeadNet(1));
        CamResult with = engine.Run(TestNets.Input(), new CamOptions { Target = Target.Class(0) });
        CamResult against = engine.Run(TestNets.Input(), new CamOptions { Target = Target.Parse("not:0", text => text == "0" ? 0 : -1) });
        Assert.Equal(with.Frames[0].SignedMap.ToArray(), against.Frames[0].SignedMap.ToArray().Select(v => -v));
        Assert.Equal(0, against.ClassIndex);
    }

    [Theory]
    [InlineData("sigmoid", ScoreActivation.Sigmoid)]
    [InlineData("softmax", ScoreActivation.Softmax)]
    [InlineData("log softmax", ScoreActivation.Softmax)]
    [InlineData("told", ScoreActivation.Sigmoid)]
    public void TheLastModuleIsLeftOut(string form, ScoreActivation expected)
    {
        using DisposeScope scope = NewDisposeScope();
        HeadNet net = form switch
        {
            "sigmoid" => new HeadNet(4, nn.Sigmoid()),
            "softmax" => new HeadNet(4, nn.Softmax(1)),
            "log softmax" => new HeadNet(4, nn.LogSoftmax(1)),
            _ => new ToldNet(4, ScoreActivation.Sigmoid),
        };
        float[] logits = Logits(4);

        // The second run knows the end already.
        for (int i = 0; i < 2; i++)
        {
            CamResult result = new CamEngine(net).Run(TestNets.Input(), new CamOptions { Target = Target.Class(2) });
            Numbers.AssertClose(result.Logits.Span, logits, Rounding, 0, "logits");
            Assert.Equal(expected, result.Activation);
            Assert.Equal(expected == ScoreActivation.Sigmoid ? Sigmoid(logits[2]) : Softmax.At(logits, 2), result.Probability, Rounding);
        }

        CamResult plain = new CamEngine(new HeadNet(4)).Run(TestNets.Input(), new CamOptions { Target = Target.Class(2) });
        CamResult again = new CamEngine(net).Run(TestNets.Input(), new CamOptions { Target = Target.Class(2) });
        Assert.All(plain.Frames.Zip(again.Frames), p => Numbers.AssertClose(p.Second.SignedMap.Span, p.First.SignedMap.ToArray(), 1e-6, 1e-6, p.First.Name));
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ReciproCAM)]
    [InlineData(CamMethod.ShapleyCAM)]
    [InlineData(CamMethod.FinerCAM)]
    public void MethodsThatRunAgainTakeLogitsToo(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        CamOptions options = new() { Method = method, Target = Target.Class(0), Activation = ScoreActivation.Sigmoid };
        foreach (int outputs in new[] { 1, 3 })
        {
            CamResult plain = new CamEngine(new HeadNet(outputs)).Run(TestNets.Input(), options);
            CamResult cut = new CamEngine(new HeadNet(outputs, nn.Sigmoid(), y => outputs == 1 ? y.squeeze(1) : y)).Run(TestNets.Input(), options);
            Assert.All(plain.Frames.Zip(cut.Frames), p => Numbers.AssertClose(p.Second.SignedMap.Span, p.First.SignedMap.ToArray(), 1e-5, 1e-4, p.First.Name));
            Assert.Contains(plain.Frames, f => !f.IsConstant);
        }
    }

    [Fact]
    public void FunctionsGetTheNetworksOwnOutput()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] logits = Logits(4);
        double seen = 0;
        new CamEngine(new HeadNet(4, nn.Sigmoid())).Run(TestNets.Input(), new CamOptions
        {
            Target = Target.Function(output =>
            {
                seen = output[1].item<float>();
                return output[1];
            }),
        });
        Assert.Equal(Sigmoid(logits[1]), seen, Rounding);
    }

    [Fact]
    public void WhatIsAskedForIsDone()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] logits = Logits(4);
        CamEngine engine = new(new HeadNet(4));
        foreach ((ScoreActivation asked, double expected) in new[] { (ScoreActivation.Softmax, Softmax.At(logits, 1)), (ScoreActivation.Sigmoid, Sigmoid(logits[1])), (ScoreActivation.None, logits[1]) })
        {
            CamResult result = engine.Run(TestNets.Input(), new CamOptions { Target = Target.Class(1), Activation = asked });
            Assert.Equal((asked, null), (result.Activation, result.ActivationReason));
            Assert.Equal(expected, result.Probability, Rounding);
            YbRoadResult road = YbRoad.Score(new HeadNet(4), TestNets.Input(), result with { Frames = [result.Frames[0]] }, new RoadOptions { Activation = ScoreActivation.Sigmoid });
            Assert.Equal(Sigmoid(logits[1]), road.Probability, Rounding);
        }

        CamException error = Assert.Throws<CamException>(() => new CamEngine(new HeadNet(1)).Run(TestNets.Input(), new CamOptions { Activation = ScoreActivation.Softmax }));
        Assert.Contains("always 1", error.Message);
    }

    [Fact]
    public void OutputsThatAreProbabilitiesAlreadyAreTakenAsTheyAre()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult result = new CamEngine(new HeadNet(4, null, y => y.softmax(1))).Run(TestNets.Input());
        Assert.Equal(ScoreActivation.None, result.Activation);
        Assert.Contains("probabilities already", result.ActivationReason);
        Assert.Equal(Softmax.At(Logits(4), result.ClassIndex), result.Probability, Rounding);
    }

    [Fact]
    public void CurvesDropsAndFilesFollow()
    {
        using DisposeScope scope = NewDisposeScope();
        HeadNet net = new(1, nn.Sigmoid());
        Tensor input = TestNets.Input();
        CamResult maps = new CamEngine(net).Run(input);
        double whole = Sigmoid(Logits(1)[0]);
        using IDisposable none = no_grad();
        double empty = Sigmoid(new HeadNet(1).call(zeros_like(input)).data<float>()[0]);

        LayerCurves curve = PerturbationCurves.Score(net, input, maps).First(c => c.Deletion.Count > 0);
        Assert.Equal(whole, curve.Deletion[0], Rounding);
        Assert.Equal(empty, curve.Deletion[^1], Rounding);
        Assert.Contains(AverageDrop.Score(net, input, maps), d => d.Score is > 0 and < 1);

        YbRoadResult road = YbRoad.Score(net, input, maps);
        using MemoryStream file = new();
        RoadJson.Write(road, file);
        file.Position = 0;
        Assert.Equal(ScoreActivation.Sigmoid, RoadJson.Read(file).Options.Activation);
    }

    [Fact]
    public void LiveSaysTheSame()
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (HeadNet net in new[] { new HeadNet(1), new HeadNet(3, nn.Sigmoid()), new HeadNet(3, nn.Softmax(1)), new HeadNet(3) })
        {
            CamResult expected = new CamEngine(net).Run(TestNets.Input());
            using LiveSession session = new(net, 3, 9, 9);
            for (int i = 0; i < 3; i++)
            {
                LiveFrame frame = session.Process(TestNets.Input().data<float>().ToArray());
                Assert.Equal((expected.ClassIndex, expected.Probability, expected.Activation), (frame.ClassIndex, frame.Probability, frame.Activation));
                Assert.Equal(expected.Logits.ToArray(), frame.Logits.ToArray());
                Assert.Equal(expected.Activation, frame.ToResult().Activation);
            }
        }
    }

    [Fact]
    public void NoTensorIsLeft()
    {
        using HeadNet net = new(2, nn.Sigmoid());
        CamEngine engine = new(net);
        using Tensor input = TestNets.Input();
        engine.Run(input);
        long before = LiveTensors.Count();
        engine.Run(input);
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void NoLayerIsBestWhenAllScoresAreEqual()
    {
        LayerRoad[] layers = [new() { Name = "a", Road = 0 }, new() { Name = "b", Road = 0 }, new() { Name = "c", Road = null, Reason = "none" }];
        YbRoadResult result = new() { Layers = layers, Options = new RoadOptions(), ClassIndex = 0, Probability = 1 };
        Assert.Equal((null, true), (result.MaxLayer, result.AreAllEqual));
        Assert.Equal("a", (result with { Layers = layers[..1] }).MaxLayer);
        Assert.Null((result with { Layers = [layers[0], layers[1] with { Road = 5e-7f }] }).MaxLayer);
        Assert.Equal("b", (result with { Layers = [layers[0], layers[1] with { Road = 0.1f }] }).MaxLayer);
    }
}
