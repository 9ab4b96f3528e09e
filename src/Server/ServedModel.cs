using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Server;

/// <summary>The network that is served, with its weights in place; the model stays the caller's.</summary>
/// <param name="model">The network.</param>
/// <param name="weights">What its weights are called.</param>
/// <param name="device">Where the caller has placed it; not given: the processor.</param>
public sealed class ServedModel(LoadedModel model, string weights, ComputeDevice device = default)
{
    private volatile int _classCount = model.ClassNames.Count;

    /// <summary>The network.</summary>
    public LoadedModel Model => model;

    /// <summary>What its weights are called.</summary>
    public string Weights => weights;

    /// <summary>Where it runs.</summary>
    public ComputeDevice Device => device;

    internal CamEngine Engine { get; } = new(model.Module);

    /// <summary>How many classes there are; 0 where the names do not say so and no picture has gone through yet.</summary>
    internal int ClassCount
    {
        get => _classCount;
        set => _classCount = value;
    }

    internal Preprocessing Prepare(ResizeMode resize) => Preprocessing.For(model, resize);

    /// <summary>Index of a class by name or index, or -1.</summary>
    internal int FindClass(string text) => model.ClassNames.Find(text) is int index && (_classCount == 0 || index < _classCount) ? index : -1;

    /// <summary>The explained class, with its score where that is no probability.</summary>
    internal string Caption(CamResult result) => NameOf(result.ClassIndex) + (result.Activation == ScoreActivation.None ? FormattableString.Invariant($"  {result.Probability:0.###}") : "");

    /// <summary>Its score where that is a probability, else NaN.</summary>
    internal static float Share(CamResult result) => result.Activation == ScoreActivation.None ? float.NaN : result.Probability;

    internal string NameOf(int index) => index < 0 ? "" : model.ClassNames.Count == 0 || index < model.ClassNames.Count ? model.ClassNames[index] : $"class {index}";
}
