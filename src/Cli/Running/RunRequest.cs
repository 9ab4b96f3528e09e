using CAManim.Native.Cli.Options;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Smoothing;

namespace CAManim.Native.Cli.Running;

/// <summary>All that <c>run</c> was asked for.</summary>
internal sealed record RunRequest
{
    /// <summary>The network, its weights and classes.</summary>
    public required NetworkRequest Network { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public string Model => Network.Model;

    /// <summary>The weights as they were asked for.</summary>
    public string Weights => Network.Weights!;

    /// <summary>Where the network runs: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    public required InputRequest Input { get; init; }

    /// <summary>One or more, no two equal.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Method, layers, order and seed; the targets are read when the classes are known.</summary>
    public required CamOptions Cam { get; init; }

    /// <summary>The layers as they were asked for.</summary>
    public required string Layers { get; init; }

    /// <summary>How the video looks; what depends on the result is put in later.</summary>
    public required VideoOptions Video { get; init; }

    /// <summary>How maps are scored; null where they are not.</summary>
    public RoadOptions? Road { get; init; }

    /// <summary>Whether guided backpropagation stands beside the maps.</summary>
    public bool IsGuided { get; init; }

    /// <summary>A video, or a PNG of one layer.</summary>
    public string? Output { get; init; }

    /// <summary>PNG of one layer's map alone, transparent where it is low.</summary>
    public string? Heatmap { get; init; }

    /// <summary>Whether <see cref="Output"/> is a picture.</summary>
    public bool IsPicture => Path.GetExtension(Output)?.Equals(".png", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Told what a user should know before the run is through; null is nothing.</summary>
    public Action<string?> Warn { get; init; } = _ => { };

    public string? Maps { get; init; }

    public bool IsSigned { get; init; }

    /// <summary>A file, - for standard output, or null.</summary>
    public string? Json { get; init; }

    public string? Frames { get; init; }

    /// <summary>PNG of the frame with the highest score; needs <see cref="Road"/>.</summary>
    public string? BestLayer { get; init; }

    /// <summary>PNG of all maps.</summary>
    public string? ContactSheet { get; init; }

    /// <summary>How the maps of all layers become one, or null.</summary>
    public FusionMode? Fuse { get; init; }

    /// <summary>PNG or .safetensors of that one map.</summary>
    public string? Fused { get; init; }

    /// <summary>The page to scrub through the layers.</summary>
    public string? Report { get; init; }
}
