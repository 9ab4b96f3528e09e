using CAManim.Native.Cli.Options;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Running;

/// <summary>All that <c>figure</c> was asked for.</summary>
internal sealed record FigureRequest
{
    public required FigureKind Kind { get; init; }

    /// <summary>The network, its weights and classes.</summary>
    public required NetworkRequest Network { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public string Model => Network.Model;

    /// <summary>The weights as they were asked for.</summary>
    public string Weights => Network.Weights!;

    /// <summary>One or more.</summary>
    public required IReadOnlyList<InputRequest> Inputs { get; init; }

    /// <summary>auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Of each picture, no two equal.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>What each picture really shows; empty where that was not said.</summary>
    public required IReadOnlyList<string> Truths { get; init; }

    public required CamOptions Cam { get; init; }

    /// <summary>The layers as they were asked for.</summary>
    public required string Layers { get; init; }

    /// <summary>How maps are scored, or null.</summary>
    public RoadOptions? Road { get; init; }

    /// <summary>Percentiles of depth.</summary>
    public required IReadOnlyList<double> Percentiles { get; init; }

    /// <summary>Layers of the moving average, odd; 1: none.</summary>
    public int Smooth { get; init; } = 1;

    /// <summary>Longer side of a panel in pixels.</summary>
    public required int PanelSize { get; init; }

    public required int DotsPerInch { get; init; }

    public required string Output { get; init; }

    /// <summary>Told what a user should know before the run is through; null is nothing.</summary>
    public Action<string?> Warn { get; init; } = _ => { };
}
