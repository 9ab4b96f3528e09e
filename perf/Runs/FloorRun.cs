using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>The floor: plain forward and backward to the input, nothing tapped.</summary>
internal static class FloorRun
{
    public static void Run(LoadedModel network, Tensor input, int classIndex)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = enable_grad();
        Tensor leaf = input.detach().requires_grad_(true);
        Tensor logits = network.Module.call(leaf);
        logits[0, classIndex].backward();
    }
}
