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
    /// <summary>The network.</summary>
    public LoadedModel Model => model;

    /// <summary>What its weights are called.</summary>
    public string Weights => weights;

    /// <summary>Where it runs.</summary>
    public ComputeDevice Device => device;

    internal CamEngine Engine { get; } = new(model.Module);

    internal Preprocessing Prepare(ResizeMode resize) => Preprocessing.For(model, resize);

    /// <summary>Index of a class by name or index, or -1.</summary>
    internal int FindClass(string text)
    {
        try
        {
            return model.ClassNames.Resolve(text);
        }
        catch (ArgumentException)
        {
            return -1;
        }
    }

    /// <summary>The explained class, with its score where that is no probability.</summary>
    internal string Caption(CamResult result) => NameOf(result.ClassIndex) + (result.Activation == ScoreActivation.None ? FormattableString.Invariant($"  {result.Probability:0.###}") : "");

    /// <summary>Its score where that is a probability, else NaN.</summary>
    internal static float Share(CamResult result) => result.Activation == ScoreActivation.None ? float.NaN : result.Probability;

    internal string NameOf(int index) => index < 0 ? "" : model.ClassNames.Count == 0 || index < model.ClassNames.Count ? model.ClassNames[index] : $"class {index}";
}
