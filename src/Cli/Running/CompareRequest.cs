using CAManim.Native.Cli.Options;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Running;

/// <summary>All that <c>compare</c> was asked for.</summary>
internal sealed record CompareRequest
{
    /// <summary>The network, its weights and classes.</summary>
    public required NetworkRequest Network { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public string Model => Network.Model;

    /// <summary>The weights as they were asked for.</summary>
    public string Weights => Network.Weights!;

    public required InputRequest Input { get; init; }

    /// <summary>auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>One or more, no two equal.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>One or more, no two equal.</summary>
    public required IReadOnlyList<CamMethod> Methods { get; init; }

    /// <summary>Percentiles of depth: the grid's columns.</summary>
    public required IReadOnlyList<double> Percentiles { get; init; }

    /// <summary>Layers, order and seed.</summary>
    public required CamOptions Cam { get; init; }

    /// <summary>The layers as they were asked for.</summary>
    public required string Layers { get; init; }

    /// <summary>How video and grid look.</summary>
    public required VideoOptions Video { get; init; }

    /// <summary>Longer side of the grid's panels in pixels.</summary>
    public required int PanelSize { get; init; }

    /// <summary>The video.</summary>
    public string? Output { get; init; }

    /// <summary>PNG of methods over depth.</summary>
    public string? Grid { get; init; }

    /// <summary>A file, - for standard output, or null.</summary>
    public string? Json { get; init; }

    public string? Frames { get; init; }

    /// <summary>Told what a user should know before the run is through; null is nothing.</summary>
    public Action<string?> Warn { get; init; } = _ => { };
}
