using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>Networks as all suites take them: the trained ones with their weights, others with weights by rule, explained for the class that they find.</summary>
internal static class PerfNetwork
{
    /// <summary>The network with its weights.</summary>
    /// <param name="name">Name of the zoo.</param>
    public static LoadedModel Open(string name) => ModelZoo.Create(name, name.StartsWith("demo", StringComparison.Ordinal) ? "default" : "rule:camanim");

    /// <summary>The class with the highest logit: one that every network has, with a gradient.</summary>
    public static int TopClass(LoadedModel network, Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        return (int)network.Module.call(input)[0].argmax().item<long>();
    }
}
