using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary>Scenes: two of three training images have one object, the third has two, and the target is shared between their classes.</summary>
internal sealed class SceneTask : ITrainingTask
{
    /// <inheritdoc/>
    public string Name => DemoNetworks.Scenes;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => DemoScenes.ClassNames;

    /// <inheritdoc/>
    public (DemoScene Scene, float[] Target) DrawTraining(ulong seed, int index)
    {
        int objects = index % 3 == 2 ? 2 : 1;
        DemoScene scene = DemoScenes.DrawRandom(seed, objects);
        float[] target = new float[ClassNames.Count];
        foreach (DemoObject item in scene.Objects)
        {
            target[item.ClassIndex] += 1f / objects;
        }

        return (scene, target);
    }

    /// <inheritdoc/>
    public (DemoScene Scene, int Class) DrawValidation(ulong seed, int index)
    {
        int expected = index % ClassNames.Count;
        return (DemoScenes.Draw(seed, expected), expected);
    }
}
