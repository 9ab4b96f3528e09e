using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>The way of tensors on a card, run on the emulator over tensors of the processor; and what is said where there is no card.</summary>
public sealed class DeviceTests
{
    // Sums of a few channels in another order.
    private const double Tolerance = 1e-5;

    public static TheoryData<CamMethod> Methods => [CamMethod.GradCAM, CamMethod.HiResCAM, CamMethod.GradCAMPlusPlus, CamMethod.XGradCAM, CamMethod.LayerCAM, CamMethod.GradCAMElementWise];

    [Theory]
    [MemberData(nameof(Methods))]
    public void MapsAreThoseOfTheProcessor(CamMethod method)
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: true);
        using Tensor input = TestNets.Input(images: 2, size: 8);
        CamOptions options = new() { Method = method };
        CamEngine engine = new(model);
        AssertAlike(engine.RunBatch(input, options, [Target.Class(1), Target.Class(2)]), engine.RunBatch(input, options with { EmulatesKernels = true }, [Target.Class(1), Target.Class(2)]), Tolerance);
    }

    [Fact]
    public void NarrowTensorsAreReadWhereTheyLie()
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: false);
        model.to(ScalarType.BFloat16);
        using Tensor input = TestNets.Input(size: 8).to(ScalarType.BFloat16);
        CamOptions options = new() { Method = CamMethod.LayerCAM };
        CamEngine engine = new(model);
        AssertAlike([engine.Run(input, options)], [engine.Run(input, options with { EmulatesKernels = true })], Tolerance);
    }

    [Theory]
    [InlineData(Precision.BFloat16, MemoryFormat.Contiguous)]
    [InlineData(Precision.Float32, MemoryFormat.ChannelsLast)]
    [InlineData(Precision.BFloat16, MemoryFormat.ChannelsLast)]
    public void ForwardsAsAskedForGiveTheSameMapsOnBoth(Precision precision, MemoryFormat format)
    {
        using BranchNet model = new();
        using Tensor input = TestNets.Input(size: 8);
        CamOptions options = new() { Method = CamMethod.LayerCAM, Target = Target.Class(0) };
        CamOptions asked = options with { Precision = precision, MemoryFormat = format };
        CamEngine engine = new(model);
        CamResult plain = engine.Run(input, options);
        CamResult narrow = engine.Run(input, asked);
        AssertAlike([narrow], [engine.Run(input, asked with { EmulatesKernels = true })], Tolerance);

        // The network is left as it was, and its float32 maps are those of before.
        AssertAlike([plain], [engine.Run(input, options)], 0);
        double worst = plain.Frames.Zip(narrow.Frames, RelativeDistance).Max();
        Assert.Equal(plain.Frames.Count, narrow.Frames.Count);
        Assert.InRange(worst, precision == Precision.BFloat16 ? 1e-4 : 0, precision == Precision.BFloat16 ? 0.05 : 1e-5);
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ShapleyCAM)]
    public void MethodsThatRunTheNetworkAgainDoItAsAskedFor(CamMethod method)
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: false);
        using Tensor input = TestNets.Input(size: 8);
        CamOptions options = new() { Method = method };
        CamEngine engine = new(model);
        CamResult plain = engine.Run(input, options);
        AssertAlike([plain], [engine.Run(input, options with { MemoryFormat = MemoryFormat.ChannelsLast })], 1e-4);
        CamResult narrow = engine.Run(input, options with { Precision = Precision.BFloat16 });
        Assert.InRange(plain.Frames.Zip(narrow.Frames, RelativeDistance).Max(), 1e-4, 0.3);
    }

    [Fact]
    public void WhatCannotBeNarrowedIsRefused()
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: false);
        model.to(ScalarType.Float64);
        using Tensor input = TestNets.Input(size: 8).to(ScalarType.Float64);
        CamEngine engine = new(model);
        string error = Assert.Throws<CamException>(() => engine.Run(input, new CamOptions { Precision = Precision.BFloat16 })).Message;
        Assert.Contains("computes in float64, which libtorch does not narrow", error, StringComparison.Ordinal);
        Assert.Throws<CamException>(() => engine.Run(input, new CamOptions { MemoryFormat = (MemoryFormat)7 }));
    }

    [Fact]
    public void LiveMapsAreThoseOfARun()
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: true);
        using Tensor first = TestNets.Input(size: 8);
        using Tensor second = first.mul(0.5).add(0.1);
        CamOptions options = new() { EmulatesKernels = true, Target = Target.Class(1), Precision = Precision.BFloat16 };
        CamEngine engine = new(model);
        using LiveSession session = new(model, (int)first.shape[1], 8, 8, options);
        foreach (Tensor picture in (Tensor[])[first, second, first])
        {
            AssertAlike([engine.Run(picture, options)], [session.Process(Values(picture)).ToResult()], 0);
        }

        // A method that kernels of a device do not have, and back; and the processor's code.
        session.Options = options with { Method = CamMethod.EigenCAM };
        AssertAlike([engine.Run(second, session.Options)], [session.Process(Values(second)).ToResult()], 0);
        session.Options = options with { Method = CamMethod.HiResCAM, EmulatesKernels = false };
        AssertAlike([engine.Run(second, session.Options)], [session.Process(Values(second)).ToResult()], 0);
        session.Options = options with { Method = CamMethod.HiResCAM };
        AssertAlike([engine.Run(second, session.Options)], [session.Process(Values(second)).ToResult()], 0);

        static ReadOnlySpan<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
    }

    [Fact]
    public void OtherMethodsRunBesideOnTheProcessor()
    {
        using BranchNet model = new();
        using Tensor input = TestNets.Input(size: 8);
        CamOptions options = new() { EmulatesKernels = true };
        CamEngine engine = new(model);
        IReadOnlyList<CamResult> together = engine.RunMany(input, [CamMethod.EigenCAM, CamMethod.GradCAM, CamMethod.RandomCAM], [Target.Class(0)], options)[0];
        foreach (CamResult result in together)
        {
            AssertAlike([engine.Run(input, new CamOptions { Method = result.Method, Target = Target.Class(0) })], [result], Tolerance);
        }
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: false);
        using Tensor input = TestNets.Input(size: 8);
        CamEngine engine = new(model);
        CamOptions options = new() { EmulatesKernels = true };
        engine.Run(input, options);
        long before = LiveTensors.Count();
        engine.Run(input, options);
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void NamesOfDevices()
    {
        Assert.Equal(ComputeDevice.Processor, ComputeDevice.Resolve("cpu"));
        Assert.Equal("cuda:3", new ComputeDevice(3).ToString());
        Assert.All(["gpu", "cuda:", "cuda:x", "cuda:1:2", "cpu:0"], name => Assert.Throws<ArgumentException>(() => ComputeDevice.Resolve(name)));
        if (new ComputeDevice(0).FindProblem() is { } problem)
        {
            Assert.Equal(ComputeDevice.Processor, ComputeDevice.Resolve("auto"));
            Assert.Contains(problem, Assert.Throws<CamException>(() => ComputeDevice.Resolve("cuda")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TorchSharpsLibtorchIsTheOneThatIsExpected()
    {
        TorchRuntimeReport report = TorchRuntime.Load();
        Assert.Null(report.Problem);
        Assert.Null(report.VersionNote);
        Assert.StartsWith(report.LibTorchVersion!, __version__, StringComparison.Ordinal);
    }

    [Fact]
    public void AFullMemoryHalvesTheBatch()
    {
        using ForgetfulNet model = new(most: 2);
        using Tensor input = TestNets.Input(size: 8);
        CamResult maps = new CamEngine(model).Run(input);
        RoadOptions options = new() { BatchSize = 7 };
        YbRoadResult whole = YbRoad.Score(new ForgetfulNet(most: int.MaxValue, model), input, maps, options);
        YbRoadResult halved = YbRoad.Score(model, input, maps, options);
        Assert.InRange(model.Refused, 1, int.MaxValue);

        // libtorch rounds by the size of the batch.
        Numbers.AssertClose([.. halved.Layers.Select(l => l.Road ?? float.NaN)], [.. whole.Layers.Select(l => l.Road ?? float.NaN)], 1e-6, 0, "ROAD");
        using ForgetfulNet none = new(most: 0, model);
        Assert.ThrowsAny<ExternalException>(() => YbRoad.Score(none, input, maps, options));
    }

    [Theory]
    [InlineData(CamMethod.ScoreCAM)]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ReciproCAM)]
    public void AFullMemoryHalvesTheBatchesOfPerturbation(CamMethod method)
    {
        using ForgetfulNet model = new(most: 3);
        using Tensor input = TestNets.Input(size: 8);
        CamOptions options = new() { Method = method, BatchSize = 16 };
        CamResult whole = new CamEngine(new ForgetfulNet(most: int.MaxValue, model)).Run(input, options);
        CamResult halved = new CamEngine(model).Run(input, options);
        Assert.InRange(model.Refused, 1, int.MaxValue);

        // libtorch rounds by the size of the batch.
        AssertAlike([whole], [halved], 1e-4);
    }

    [Fact]
    public void AFullMemoryIsSaidByALiveSession()
    {
        using ForgetfulNet model = new(most: 0);
        using LiveSession session = new(model, 3, 8, 8);
        string error = Assert.Throws<CamException>(() => session.Process(new float[3 * 64])).Message;
        Assert.StartsWith("The memory of cpu is full: a frame of [3,8,8]", error, StringComparison.Ordinal);
        Assert.Contains("fewer layers", error, StringComparison.Ordinal);
    }

    private static double RelativeDistance(LayerMap expected, LayerMap actual)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < expected.SignedMap.Length; i++)
        {
            difference += Math.Pow(expected.SignedMap.Span[i] - actual.SignedMap.Span[i], 2);
            norm += Math.Pow(expected.SignedMap.Span[i], 2);
        }

        return norm == 0 ? 0 : Math.Sqrt(difference / norm);
    }

    private static void AssertAlike(IReadOnlyList<CamResult> expected, IReadOnlyList<CamResult> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int n = 0; n < expected.Count; n++)
        {
            Assert.Equal(expected[n].Frames.Select(f => f.Name), actual[n].Frames.Select(f => f.Name));
            for (int i = 0; i < expected[n].Frames.Count; i++)
            {
                (var e, var a) = (expected[n].Frames[i], actual[n].Frames[i]);
                double scale = tolerance * Math.Max(1e-3, e.SignedMap.ToArray().Max(MathF.Abs));
                Numbers.AssertClose(a.SignedMap.Span, e.SignedMap.Span, scale, tolerance, $"{e.Name}, signed");
                Numbers.AssertClose(a.Map.Span, e.Map.Span, scale, tolerance, e.Name);
                Numbers.AssertClose([a.Minimum, a.Maximum], [e.Minimum, e.Maximum], scale, tolerance, $"{e.Name}, extremes");
                Assert.Equal((e.HasNonFinite, e.Channels, e.Height, e.Width), (a.HasNonFinite, a.Channels, a.Height, a.Width));
            }
        }
    }
}
