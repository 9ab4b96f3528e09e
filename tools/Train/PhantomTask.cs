using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary>Phantoms: the three classes in turn.</summary>
internal sealed class PhantomTask : ITrainingTask
{
    /// <inheritdoc/>
    public string Name => DemoNetworks.Phantom;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => DemoPhantoms.ClassNames;

    /// <inheritdoc/>
    public (DemoScene Scene, float[] Target) DrawTraining(ulong seed, int index)
    {
        int expected = index % ClassNames.Count;
        float[] target = new float[ClassNames.Count];
        target[expected] = 1;
        return (DemoPhantoms.Draw(seed, expected), target);
    }

    /// <inheritdoc/>
    public (DemoScene Scene, int Class) DrawValidation(ulong seed, int index)
    {
        int expected = index % ClassNames.Count;
        return (DemoPhantoms.Draw(seed, expected), expected);
    }
}
