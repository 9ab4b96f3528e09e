using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary>What is learned: a generator of images with the classes that are in them.</summary>
internal interface ITrainingTask
{
    /// <summary>Name of the network in the model list.</summary>
    string Name { get; }

    /// <summary>Names of the classes, by index.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>A training image and its target, a distribution over the classes.</summary>
    (DemoScene Scene, float[] Target) DrawTraining(ulong seed, int index);

    /// <summary>A validation image with one class, balanced over the indices.</summary>
    (DemoScene Scene, int Class) DrawValidation(ulong seed, int index);
}
