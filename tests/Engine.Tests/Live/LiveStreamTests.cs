using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Live;

public sealed class LiveStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void TheNewestPictureWins()
    {
        using DisposeScope scope = NewDisposeScope();
        using LiveSession session = new(TestNets.Chain(inplace: false), 3, 9, 9);
        using ManualResetEventSlim isBusy = new();
        using ManualResetEventSlim goOn = new();
        using SemaphoreSlim done = new(0);
        List<long> received = [];
        float[] values = TestNets.Input().data<float>().ToArray();
        using LiveStream stream = new(session, frame =>
        {
            received.Add(frame.Times.Received);
            isBusy.Set();
            goOn.Wait(Patience);
            done.Release();
        });
        stream.Push(values, received: 1);
        Assert.True(isBusy.Wait(Patience));
        for (long stamp = 2; stamp <= 10; stamp++)
        {
            stream.Push(values, stamp);
        }

        goOn.Set();
        Assert.True(done.Wait(Patience) && done.Wait(Patience));
        Assert.Equal([1, 10], received);
        Assert.Equal((10, 8), (stream.Pushed, stream.Dropped));
    }

    [Fact]
    public void AnErrorEndsTheStreamAndIsTold()
    {
        using DisposeScope scope = NewDisposeScope();
        using LiveSession session = new(TestNets.Chain(inplace: false), 3, 9, 9);
        using LiveStream stream = new(session, _ => throw new InvalidOperationException("the callback's own"));
        float[] values = TestNets.Input().data<float>().ToArray();
        stream.Push(values);
        Assert.True(SpinWait.SpinUntil(() => stream.Error is not null, Patience));
        Assert.Contains("the callback's own", Assert.Throws<CamException>(() => stream.Push(values)).Message);
        Assert.Throws<ArgumentException>(() => stream.Push(new float[1]));
    }
}
