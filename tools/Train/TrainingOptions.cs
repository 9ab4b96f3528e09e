namespace CAManim.Native.Train;

/// <summary>What a training run is decided by; the same options on the same machine give the same weights.</summary>
internal sealed record TrainingOptions
{
    /// <summary>The recipe of <c>demo_scenes</c>.</summary>
    public static TrainingOptions Scenes { get; } = new();

    /// <summary>The recipe of <c>demo_phantom</c>.</summary>
    public static TrainingOptions Phantom { get; } = new() { Steps = 600, ValidationImages = 999 };

    /// <summary>Seed of the initial weights and of every training image.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of steps of the optimiser.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>N, images a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Highest learning rate of the cycle.</summary>
    public double LearningRate { get; init; } = 2.5e-3;

    /// <summary>A file whose weights the run starts from, or null for random ones.</summary>
    public string? From { get; init; }

    /// <summary>Decoupled weight decay of AdamW.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Share of the target that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; } = 0.05;

    /// <summary>Number of validation images.</summary>
    public int ValidationImages { get; init; } = 1000;

    /// <summary>Threads of libtorch.</summary>
    public int Threads { get; init; } = 1;
}
