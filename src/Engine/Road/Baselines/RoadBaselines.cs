using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Baselines;

/// <summary>Scores the baselines that belong beside a ybROAD.</summary>
public static class RoadBaselines
{
    // Of the shorter side: white noise, then blurs up to the smoothness of a map of 7 x 7.
    private static readonly int[] Divisors = [64, 32, 16, 8];

    /// <summary>Scores RandomCAM at every layer, white noise, and blurred noise of growing sigma (1/64, 1/32, 1/16, 1/8 of the shorter side).</summary>
    /// <param name="model">The network; left as it was found.</param>
    /// <param name="input">[1,C,H,W]; not changed.</param>
    /// <param name="classIndex">The class whose score is taken.</param>
    /// <param name="maps">Which layers, in which order, and RandomCAM's seed; method and target are not used. Null for all.</param>
    /// <param name="options">How to score; its seed also makes the random maps. Null for the defaults.</param>
    /// <param name="cancellation">Looked at before each image.</param>
    /// <exception cref="CamException">An option is out of its range, or the input or the class does not fit the network.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static RoadBaselineResult Score(
        nn.Module<Tensor, Tensor> model, Tensor input, int classIndex, CamOptions? maps = null, RoadOptions? options = null, CancellationToken cancellation = default)
    {
        options = (options ?? new RoadOptions()) with { Finished = [] };
        CamOptions cam = (maps ?? new CamOptions()) with { Method = CamMethod.RandomCAM, Target = Target.Class(classIndex) };
        CamResult random = new CamEngine(model).Run(input, cam, null, cancellation);
        return new RoadBaselineResult
        {
            RandomCam = YbRoad.Score(model, input, random, options, null, cancellation),
            RandomMaps = YbRoad.Score(model, input, random with { Frames = Blurred(random, options.Seed) }, options, null, cancellation),
        };
    }

    private static LayerMap[] Blurred(CamResult like, ulong seed)
    {
        double side = Math.Min(like.InputHeight, like.InputWidth);
        return
        [
            RandomMaps.Blurred("white noise", like.InputHeight, like.InputWidth, 0, seed),
            .. Divisors.Select(d => RandomMaps.Blurred($"noise, sigma 1/{d}", like.InputHeight, like.InputWidth, side / d, seed)),
        ];
    }
}
