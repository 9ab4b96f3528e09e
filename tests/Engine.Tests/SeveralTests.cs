using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class SeveralTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryMethodAndTargetEqualsItsOwnRun(bool inplace)
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace));
        Tensor input = TestNets.Input();
        CamMethod[] methods = [.. CamMethods.All.Select(m => m.Method)];
        Target[] targets = [Target.Class(2), Target.Not(1), Target.Contrast(0, 3), Target.Top];
        CamOptions options = new() { Seed = 5 };
        IReadOnlyList<IReadOnlyList<CamResult>> results = engine.RunMany(input, methods, targets, options);
        Assert.Equal(targets.Length, results.Count);
        for (int t = 0; t < targets.Length; t++)
        {
            for (int m = 0; m < methods.Length; m++)
            {
                CamResult single = engine.Run(input, options with { Method = methods[m], Target = targets[t] });
                CamResult one = results[t][m];
                Assert.Equal((methods[m], single.ClassIndex, single.Probability), (one.Method, one.ClassIndex, one.Probability));
                Assert.Equal(single.Frames.Select(f => f.Name), one.Frames.Select(f => f.Name));
                foreach ((var a, var b) in one.Frames.Zip(single.Frames))
                {
                    Assert.Equal(b.SignedMap.ToArray(), a.SignedMap.ToArray());
                }
            }
        }
    }

    [Fact]
    public void NoTensorStaysAliveAndProgressCountsPasses()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Tensor input = TestNets.Input();
        List<CamProgress> seen = [];
        CamMethod[] methods = [CamMethod.GradCAM, CamMethod.EigenCAM, CamMethod.KPCACAM, CamMethod.AblationCAM];
        engine.RunMany(input, methods, [Target.Class(0), Target.Class(1)]);
        long before = LiveTensors.Count();
        engine.RunMany(input, methods, [Target.Class(0), Target.Class(1)], progress: new Immediate(seen.Add));
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(Enumerable.Range(1, 24), seen.Select(p => p.Done));
        Assert.All(seen, p => Assert.Equal(24, p.Total));
    }

    [Fact]
    public void NoMethodOrTargetIsAnError()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Assert.Throws<ArgumentException>(() => engine.RunMany(TestNets.Input(), [], [Target.Top]));
        Assert.Throws<ArgumentException>(() => engine.RunMany(TestNets.Input(), [CamMethod.GradCAM], []));
    }

    private sealed class Immediate(Action<CamProgress> action) : IProgress<CamProgress>
    {
        public void Report(CamProgress value) => action(value);
    }
}
