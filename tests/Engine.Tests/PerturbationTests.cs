using System.Diagnostics;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class PerturbationTests
{
    // Batches of other sizes may run other convolution kernels.
    private const double Absolute = 2e-6;
    private const double Relative = 1e-4;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void AblationEqualsOneForwardForEveryChannel(bool concatenates, bool remembers)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(TestNets.Seed);
        var net = new JoinNet(concatenates, remembers);
        Tensor input = TestNets.Input();
        CamResult result = new CamEngine(net).Run(input, new CamOptions { Method = CamMethod.AblationCAM, Target = Target.Class(2), BatchSize = 3 });

        string[] expected = ["stem", "relu", "main", "side", "last", "relu#1"];
        Assert.Equal(expected.Where(name => concatenates || name != "side"), result.Frames.Select(f => f.Name));
        foreach (var frame in result.Frames)
        {
            Numbers.AssertClose(frame.SignedMap.Span, NaiveAblation(net, input, frame.Name, 2), Absolute, Relative, frame.Name);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void ReciproCamEqualsOneForwardForEveryPosition(bool concatenates, bool remembers)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(TestNets.Seed);
        var net = new JoinNet(concatenates, remembers);
        Tensor input = TestNets.Input();
        CamResult result = new CamEngine(net).Run(input, new CamOptions { Method = CamMethod.ReciproCAM, Target = Target.Class(2), BatchSize = 7 });
        CamResult against = new CamEngine(net).Run(input, new CamOptions { Method = CamMethod.ReciproCAM, Target = Target.Contrast(2, 0), BatchSize = 81 });
        Assert.Equal(concatenates ? 6 : 5, result.Frames.Count);
        for (int f = 0; f < result.Frames.Count; f++)
        {
            string name = result.Frames[f].Name;
            Assert.Equal(81, result.Frames[f].SignedMap.Length);
            Numbers.AssertClose(result.Frames[f].SignedMap.Span, NaiveRecipro(net, input, name, s => s[2]), Absolute, Relative, name);
            Numbers.AssertClose(against.Frames[f].SignedMap.Span, NaiveRecipro(net, input, name, s => s[2] - s[0]), Absolute, Relative, name);
        }
    }

    [Theory]
    [InlineData(Compatibility.Paper)]
    [InlineData(Compatibility.Reference)]
    public void ReciproCamWithAGaussianEqualsOneForwardForEveryPosition(Compatibility compatibility)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(TestNets.Seed);
        var net = new JoinNet(concatenates: false, remembers: false);
        Tensor input = TestNets.Input();
        CamOptions options = new() { Method = CamMethod.ReciproCAM, Target = Target.Class(2), ReciproGaussian = true, Compatibility = compatibility };
        CamResult result = new CamEngine(net).Run(input, options with { BatchSize = 7 });
        CamResult plain = new CamEngine(net).Run(input, options with { ReciproGaussian = false });
        net.to(ScalarType.Float64);
        foreach ((var frame, var sharp) in result.Frames.Zip(plain.Frames))
        {
            Assert.NotEqual(sharp.SignedMap.ToArray(), frame.SignedMap.ToArray());
            float[] expected = NaiveRecipro(net, input.to(ScalarType.Float64), frame.Name, s => s[2], (a, masked, y, x) =>
            {
                for (int v = -1; v < 2; v++)
                {
                    for (int u = -1; u < 2; u++)
                    {
                        if (y + v >= 0 && y + v < a.shape[2] && x + u >= 0 && x + u < a.shape[3])
                        {
                            Tensor from = compatibility == Compatibility.Paper ? a[0, TensorIndex.Colon, y + v, x + u] : a[0, TensorIndex.Colon, y, x];
                            masked[0, TensorIndex.Colon, y + v, x + u] = from / Math.Pow(2, 2 + Math.Abs(v) + Math.Abs(u));
                        }
                    }
                }
            });
            Numbers.AssertClose(frame.SignedMap.Span, expected, Absolute, Relative, frame.Name);
        }
    }

    [Fact]
    public void ACancelledRunGoesOnLayerByLayer()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        net.eval();
        Tensor input = TestNets.Input();
        CamOptions options = new() { Method = CamMethod.ScoreCAM, Target = Target.Class(1) };
        CamResult whole = new CamEngine(net).Run(input, options);

        Dictionary<string, ReadOnlyMemory<float>> finished = [];
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => new CamEngine(net).Run(input, options, new Recorder(finished, source), source.Token));
        Assert.Equal(2, finished.Count);
        CamResult rest = new CamEngine(net).Run(input, options with { Finished = finished });
        Assert.Equal(whole.Frames.Count, rest.Frames.Count);
        Assert.All(whole.Frames.Zip(rest.Frames), pair => Assert.Equal(pair.First.SignedMap.ToArray(), pair.Second.SignedMap.ToArray()));

        // What is finished is taken, not computed: a map that no run makes comes out as it was given.
        string layer = finished.Keys.First();
        float[] marked = [.. Enumerable.Repeat(7f, finished[layer].Length)];
        CamResult taken = new CamEngine(net).Run(input, options with { Finished = new Dictionary<string, ReadOnlyMemory<float>> { [layer] = marked } });
        Assert.Equal(marked, taken.Frames.Single(f => f.Name == layer).SignedMap.ToArray());
        Assert.Throws<CamException>(() => new CamEngine(net).Run(input, options with { Finished = new Dictionary<string, ReadOnlyMemory<float>> { [layer] = new float[1] } }));
        Assert.Throws<CamException>(() => new CamEngine(net).RunMany(input, [CamMethod.ScoreCAM, CamMethod.AblationCAM], [Target.Top], options with { Finished = finished }));
    }

    // Keeps what is finished and, where it has a source, stops after the second layer.
    private sealed class Recorder(Dictionary<string, ReadOnlyMemory<float>> finished, CancellationTokenSource? source) : IProgress<CamProgress>
    {
        public void Report(CamProgress value)
        {
            finished[value.Layer] = value.SignedMap;
            if (finished.Count == 2)
            {
                source?.Cancel();
            }
        }
    }

    [Fact]
    public void ScoreCamEqualsOneForwardForEveryChannel()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        net.eval();
        Tensor input = TestNets.Input();
        CamResult result = new CamEngine(net).Run(input, new CamOptions { Method = CamMethod.ScoreCAM, Target = Target.Class(1), BatchSize = 4 });

        Tensor activation = Capture(net, input, "relu2", 0);
        using IDisposable none = no_grad();
        double[] scores = new double[5];
        for (int k = 0; k < scores.Length; k++)
        {
            Tensor mask = nn.functional.interpolate(activation.narrow(1, k, 1), [9, 9], mode: InterpolationMode.Bilinear, align_corners: true);
            float low = mask.min().item<float>();
            float high = mask.max().item<float>();
            scores[k] = net.call((mask - low) / (high - low + 1e-8f) * input)[0, 1].item<float>();
        }

        double sum = scores.Sum(Math.Exp);
        Assert.Contains(scores, s => Math.Abs(s - scores[0]) > 1e-3);
        Numbers.AssertClose(
            result.Frames.Single(f => f.Name == "relu2").SignedMap.Span, Sum(activation, [.. scores.Select(s => Math.Exp(s) / sum)]), Absolute, Relative, "relu2");
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ReciproCAM)]
    public void InPlaceNetworksGiveTheSameMaps(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        CamOptions options = new() { Method = method };
        CamResult plain = new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input(), options);
        CamResult inPlace = new CamEngine(TestNets.Chain(inplace: true)).Run(TestNets.Input(), options);
        Assert.Equal(plain.Frames.Select(f => f.Name), inPlace.Frames.Select(f => f.Name));
        foreach ((var a, var b) in inPlace.Frames.Zip(plain.Frames))
        {
            Numbers.AssertClose(a.SignedMap.Span, b.SignedMap.Span, Absolute, Relative, a.Name);
        }
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    public void ChannelLimitKeepsTheStrongest(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        CamOptions options = new() { Method = method, ChannelLimit = 2 };
        CamResult some = new CamEngine(net).Run(TestNets.Input(), options);
        CamResult all = new CamEngine(net).Run(TestNets.Input(), options with { ChannelLimit = 1000 });
        CamResult none = new CamEngine(net).Run(TestNets.Input(), options with { ChannelLimit = null });
        Assert.Equal(2, some.ChannelLimit);
        Assert.Equal(none.Frames[0].SignedMap.ToArray(), all.Frames[0].SignedMap.ToArray());
        Assert.NotEqual(none.Frames[0].SignedMap.ToArray(), some.Frames[0].SignedMap.ToArray());
        Assert.Contains("channel limit of 0", Assert.Throws<CamException>(() => new CamEngine(net).Run(TestNets.Input(), options with { ChannelLimit = 0 })).Message);
    }

    [Fact]
    public void ChosenChannelsAreThoseOfLargestEnergy()
    {
        Assert.Equal([0, 2], Perturbation.ChannelChoice.Choose([3, 0, 1, 1, -2, 2], 3, 2));
        Assert.Equal([0, 1, 2], Perturbation.ChannelChoice.Choose([3, 0, 1, 1, -2, 2], 3, null));
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ReciproCAM)]
    public void CancellationHooksAndTensors(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Tensor input = TestNets.Input();
        List<CamProgress> seen = [];
        using CancellationTokenSource source = new();
        CamOptions options = new() { Method = method };
        engine.Run(input, options);
        long before = LiveTensors.Count();
        Assert.ThrowsAny<OperationCanceledException>(() => engine.Run(input, options, new Immediate(p =>
        {
            seen.Add(p);
            source.Cancel();
        }), source.Token));
        Assert.Single(seen);
        Assert.Equal(6, seen[0].Total);
        Assert.NotNull(seen[0].Remaining);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(6, engine.Run(input, options).Frames.Count);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    // Every layer's forwards wait in the last module: what a layer takes follows from their number.
    [Theory]
    [InlineData(CamMethod.ShapleyCAM)]
    [InlineData(CamMethod.LeGrad)]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.ReciproCAM)]
    public void TheRemainingTimeIsThatOfTheLayersThatAreLeft(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(TestNets.Seed);
        nn.Module<Tensor, Tensor> net = method == CamMethod.LeGrad ? new TinyTransformer() : TestNets.Chain(inplace: false);
        CamOptions options = new() { Method = method, BatchSize = 1 };
        new CamEngine(net).Run(TestNets.Input(), options);
        net.register_forward_hook((_, _, output) =>
        {
            Thread.Sleep(4);
            return output;
        });
        List<(CamProgress Told, long At)> seen = [];
        new CamEngine(net).Run(TestNets.Input(), options, new Immediate(p => seen.Add((p, Stopwatch.GetTimestamp()))));
        double actual = Stopwatch.GetElapsedTime(seen[0].At, seen[^1].At).TotalSeconds;
        Assert.InRange(seen[0].Told.Remaining!.Value.TotalSeconds, 0.4 * actual, 2.5 * actual);
        Assert.Equal(0, seen[^1].Told.Remaining!.Value.TotalSeconds, 1e-6);
    }

    private static float[] NaiveRecipro(
        nn.Module<Tensor, Tensor> net, Tensor input, string frame, Func<Tensor, Tensor> score, Action<Tensor, Tensor, long, long>? keep = null)
    {
        string[] parts = frame.Split('#');
        int call = parts.Length > 1 ? int.Parse(parts[1]) : 0;
        using IDisposable none = no_grad();
        Tensor activation = Capture(net, input, parts[0], call);
        float[] map = new float[activation.shape[2] * activation.shape[3]];
        for (int i = 0; i < map.Length; i++)
        {
            int calls = 0;
            (long y, long x) = (i / activation.shape[3], i % activation.shape[3]);
            Tensor masked = zeros_like(activation);
            if (keep is null)
            {
                masked[0, TensorIndex.Colon, y, x] = activation[0, TensorIndex.Colon, y, x];
            }
            else
            {
                keep(activation, masked, y, x);
            }

            var hook = Find(net, parts[0]).register_forward_hook((_, _, output) => calls++ == call ? masked : output);
            map[i] = score(net.call(input).softmax(1)[0]).to(ScalarType.Float32).item<float>();
            hook.remove();
        }

        return map;
    }

    private static float[] NaiveAblation(nn.Module<Tensor, Tensor> net, Tensor input, string frame, int target)
    {
        string[] parts = frame.Split('#');
        int call = parts.Length > 1 ? int.Parse(parts[1]) : 0;
        using IDisposable none = no_grad();
        Tensor activation = Capture(net, input, parts[0], call);
        double whole = net.call(input)[0, target].item<float>();
        double[] weights = new double[activation.shape[1]];
        for (int k = 0; k < weights.Length; k++)
        {
            int calls = 0;
            Tensor ablated = activation.clone();
            ablated[0, k].zero_();
            var hook = Find(net, parts[0]).register_forward_hook((_, _, output) => calls++ == call ? ablated : output);
            weights[k] = (whole - net.call(input)[0, target].item<float>()) / whole;
            hook.remove();
        }

        return Sum(activation, weights);
    }

    private static Tensor Capture(nn.Module<Tensor, Tensor> net, Tensor input, string name, int call)
    {
        using IDisposable none = no_grad();
        Tensor? found = null;
        int calls = 0;
        var hook = Find(net, name).register_forward_hook((_, _, output) =>
        {
            found = calls++ == call ? output.clone() : found;
            return output;
        });
        net.call(input);
        hook.remove();
        return found!;
    }

    private static nn.Module<Tensor, Tensor> Find(nn.Module net, string name) => (nn.Module<Tensor, Tensor>)net.named_modules().First(m => m.name == name).module;

    private static float[] Sum(Tensor activation, double[] weights)
    {
        float[] a = activation.contiguous().data<float>().ToArray();
        int n = a.Length / weights.Length;
        return [.. Enumerable.Range(0, n).Select(i => (float)Enumerable.Range(0, weights.Length).Sum(k => weights[k] * a[(k * n) + i]))];
    }

    private sealed class Immediate(Action<CamProgress> action) : IProgress<CamProgress>
    {
        public void Report(CamProgress value) => action(value);
    }
}
