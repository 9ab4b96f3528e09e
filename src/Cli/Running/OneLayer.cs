using CAManim.Native.Cli.Errors;

namespace CAManim.Native.Cli.Running;

/// <summary>Pictures of one layer: <c>--output FILE.png</c> and <c>--heatmap</c>.</summary>
internal static class OneLayer
{
    /// <exception cref="UsageException">A picture of one layer was asked for, and there are several.</exception>
    public static void Check(RunRequest request, IReadOnlyList<TargetRun> runs)
    {
        string? option = request.IsPicture ? $"--output {request.Output}" : request.Heatmap is null ? null : $"--heatmap {request.Heatmap}";
        if (option is null)
        {
            return;
        }

        if (runs.Count > 1)
        {
            throw new UsageException($"{option} is the map of one target, and {runs.Count} were given. Give one --target, or --output FILE.mp4.");
        }

        if (runs[0].Result.Frames is { Count: > 1 } frames)
        {
            throw new UsageException($"{option} is the map of one layer, and --layers {request.Layers} gives {frames.Count}. Name one, for instance --layers {frames[^1].Name}; --contact-sheet FILE.png shows all.");
        }
    }
}
