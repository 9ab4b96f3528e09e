using CAManim.Native.Cli.Options;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Running;

/// <summary>All that <c>ybroad</c> was asked for.</summary>
internal sealed record YbRoadRequest
{
    /// <summary>The network, its weights and classes.</summary>
    public required NetworkRequest Network { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public string Model => Network.Model;

    /// <summary>The weights as they were asked for.</summary>
    public string Weights => Network.Weights!;

    public required InputRequest Input { get; init; }

    /// <summary>One series each, no two equal.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>A series of each for each target, no two equal.</summary>
    public required IReadOnlyList<CamMethod> Methods { get; init; }

    /// <summary>Layers, order and seed; the targets are put in when the classes are known.</summary>
    public required CamOptions Cam { get; init; }

    /// <summary>The layers as they were asked for.</summary>
    public required string Layers { get; init; }

    /// <summary>Where the network runs: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    public required RoadOptions Road { get; init; }

    /// <summary>Layers of the moving average, odd; 1: none.</summary>
    public int Smooth { get; init; } = 1;

    /// <summary>Whether random maps are scored too.</summary>
    public bool WithBaselines { get; init; }

    /// <summary>Whether insertion and deletion curves are scored too.</summary>
    public bool WithCurves { get; init; }

    /// <summary>Whether the average drop family is scored too.</summary>
    public bool WithDrops { get; init; }

    /// <summary>Where finished layers are kept until the run is done, or null.</summary>
    public string? Resume { get; init; }

    /// <summary>A file, - for standard output, or null.</summary>
    public string? Json { get; init; }

    public string? Csv { get; init; }

    public string? Plot { get; init; }

    /// <summary>Whether each series has a panel of its own in the plot.</summary>
    public bool HasPanels { get; init; }

    /// <summary>Plot of the parameters of every layer, or null.</summary>
    public string? Parameters { get; init; }

    /// <summary>Told what a user should know before the run is through; null is nothing.</summary>
    public Action<string?> Warn { get; init; } = _ => { };
}
