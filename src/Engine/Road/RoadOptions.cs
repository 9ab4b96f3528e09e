using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Road;

/// <summary>How ROAD is computed.</summary>
public sealed record RoadOptions
{
    private static readonly double[] DefaultPercentiles = [20, 40, 60, 80];

    /// <summary>How pixels are chosen. Default: exact.</summary>
    public RoadMode Mode { get; init; } = RoadMode.Exact;

    /// <summary>Percentages of the pixels that are kept, each above 0 and below 100, no two equal. Default: 20, 40, 60, 80.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = DefaultPercentiles;

    /// <summary>Standard deviation of the Gaussian noise on imputed pixels, in units of the normalised input; 0 for none. Default: 0.01.</summary>
    public float Noise { get; init; } = 0.01f;

    /// <summary>Seed of the noise. Seed, trial, layer, percentile and order alone decide it: batch size and threads do not matter.</summary>
    public ulong Seed { get; init; }

    /// <summary>How often every image is scored, each time with other noise; 1 or more. Without noise all trials are one. Default: 1.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Images a forward; null to choose by the size of the input.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Layers scored by an earlier run with the same input, maps and options (cancelled, perhaps): they are taken over by name.</summary>
    public IReadOnlyList<LayerRoad> Finished { get; init; } = [];

    /// <summary>How the network's outputs become the scores that are compared. Default: as in the maps (<see cref="Results.CamResult.Activation"/>).</summary>
    public ScoreActivation Activation { get; init; }

    /// <summary>What the network computes in. Default: float32, that is, as the network is.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// Whether the next batch is imputed while the network works on this one; the images are the same. Default, null: where the network is
    /// not on the processor, or libtorch's threads leave a processor free; else all processors impute a batch together, between the forwards.
    /// </summary>
    public bool? IsOverlapping { get; init; }

    /// <summary>
    /// Images for a network on the processor are made by the kernels of a card, on ILGPU's emulator: for tests, thousands of times slower.
    /// For a network on a card they are always made there, in exact mode; in reference mode the processor makes them.
    /// </summary>
    public bool EmulatesKernels { get; init; }

    /// <summary>Throws where a value is out of its range.</summary>
    internal void Check()
    {
        if (Percentiles is null || Percentiles.Count == 0 || Percentiles.Any(p => !(p > 0 && p < 100)) || Percentiles.Distinct().Count() != Percentiles.Count)
        {
            string found = Percentiles is null ? "null" : string.Join(", ", Percentiles);
            throw new CamException($"The ROAD percentiles are {found}; at least one, each above 0 and below 100, no two equal, is expected, for instance 20, 40, 60, 80.");
        }

        if (!(Noise >= 0 && float.IsFinite(Noise)))
        {
            throw new CamException($"The ROAD noise is {Noise}; a standard deviation of 0 or more is expected, for instance 0.01.");
        }

        if (Trials < 1)
        {
            throw new CamException($"{Trials} ROAD trials were asked for; 1 or more are expected.");
        }

        if (BatchSize < 1)
        {
            throw new CamException($"A ROAD batch of {BatchSize} was asked for; 1 or more images are expected, or null to choose.");
        }

        if (!Enum.IsDefined(Mode))
        {
            throw new CamException($"There is no ROAD mode {(int)Mode}; exact and reference exist.");
        }

        if (!Enum.IsDefined(Precision))
        {
            throw new CamException($"There is no precision {(int)Precision}; float32 and bfloat16 exist.");
        }
    }
}
