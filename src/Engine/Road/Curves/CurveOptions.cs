using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Road.Curves;

/// <summary>How insertion and deletion curves are computed.</summary>
public sealed record CurveOptions
{
    /// <summary>Steps from none to all pixels; a curve has one point more. 1 or more. Default: 28.</summary>
    public int Steps { get; init; } = 28;

    /// <summary>Standard deviation in pixels of the blur of the image that insertion starts from; above 0. Default: 5 (Petsiuk 2018).</summary>
    public double BlurSigma { get; init; } = 5;

    /// <summary>How the network's outputs become the scores of the curves. Default: as in the maps.</summary>
    public ScoreActivation Activation { get; init; }

    /// <summary>Images a forward; null to choose by the size of the input.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Throws where a value is out of its range.</summary>
    internal void Check()
    {
        if (Steps < 1)
        {
            throw new CamException($"Curves of {Steps} steps were asked for; 1 or more are expected.");
        }

        if (!(BlurSigma > 0 && double.IsFinite(BlurSigma)))
        {
            throw new CamException($"A blur of {BlurSigma} pixels was asked for; a standard deviation above 0 is expected, for instance 5.");
        }

        if (BatchSize < 1)
        {
            throw new CamException($"A batch of {BatchSize} was asked for; 1 or more images are expected, or null to choose.");
        }
    }
}
