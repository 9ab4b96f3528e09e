using CAManim.Native.Engine;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Server.Live;

/// <summary>What a live channel computes and shows; the page can change it while it runs.</summary>
public sealed record LiveSettings
{
    /// <summary>As <c>--target</c> takes it.</summary>
    public string Target { get; init; } = "top";

    /// <summary>Name of a method that does not perturb.</summary>
    public string Method { get; init; } = "GradCAM";

    /// <summary>As <c>--layers</c> takes it.</summary>
    public string Layers { get; init; } = "all";

    /// <summary>Order of the layers, seed and smoothing; its method, target and layers are not used.</summary>
    public CamOptions Options { get; init; } = new();

    /// <summary>How pictures become the network's input.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Colours that a page begins with.</summary>
    public LiveLook Look { get; init; } = new();

    /// <summary>Share of the time that scoring may take, 0 to 0.5; 0: no scores.</summary>
    public double RoadShare { get; init; } = 0.1;

    /// <summary>A recording that is as long is completed.</summary>
    public TimeSpan LongestRecording { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Layers a second of the running animation.</summary>
    public double LayersPerSecond { get; init; } = 5;
}
