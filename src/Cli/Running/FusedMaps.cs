using CAManim.Native.Engine;
using CAManim.Native.Engine.Smoothing;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Cli.Running;

/// <summary>The maps of all layers as one.</summary>
internal static class FusedMaps
{
    /// <summary>The same targets, each with the one frame that its frames make.</summary>
    /// <exception cref="CamException">Scores are the weights, and none of them is above 0.</exception>
    public static IReadOnlyList<TargetRun> Make(RunRequest request, IReadOnlyList<TargetRun> runs) =>
        [.. runs.Select(run => run with { Result = run.Result with { Frames = [Fuse(request, run)] } })];

    private static LayerMap Fuse(RunRequest request, TargetRun run)
    {
        double[]? weights = request.Fuse == FusionMode.Weighted ? Weights(run) : null;
        return LayerFusion.Fuse(run.Result.Frames, run.Result.InputHeight, run.Result.InputWidth, request.Fuse!.Value, weights, request.Cam.Compatibility);
    }

    // A layer whose map misleads, or has no score, has no say.
    private static double[] Weights(TargetRun run)
    {
        double[] weights = [.. run.Road!.Layers.Select(l => Math.Max(0.0, l.Road ?? 0))];
        return weights.Any(w => w > 0)
            ? weights
            : throw new CamException($"--fuse weighted weighs layers by their ROAD scores, and none of the {weights.Length} of '{run.Asked}' has one above 0. Use --fuse mean or max.");
    }
}
