namespace CAManim.Native.Train;

/// <summary>
/// Seeds of images, one range for each use: what is validated was never trained on. The tests and <c>camanim evaluate</c>
/// use small seeds, below 2^32, which no range here reaches.
/// </summary>
internal static class Seeds
{
    private const ulong TrainingRange = 1UL << 60;
    private const ulong ValidationRange = 2UL << 60;

    /// <summary>Seed of the training image at an index of the run.</summary>
    public static ulong Training(ulong seed, long index) => TrainingRange + (seed << 40) + (ulong)index;

    /// <summary>Seed of a validation image; the same in every run.</summary>
    public static ulong Validation(long index) => ValidationRange + (ulong)index;
}
