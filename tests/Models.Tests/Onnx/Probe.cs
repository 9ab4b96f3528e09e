using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Reads activations and GradCAM's maps of the top logit by forward hooks, as the engine does.</summary>
internal static class Probe
{
    public static Dictionary<string, (float[] Activation, float[] Map)> Run(nn.Module<Tensor, Tensor> network, Tensor input, string[] layers)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> outputs = [];
        List<Action> removals = [];
        foreach ((string name, nn.Module module) in network.named_modules().Where(m => layers.Contains(m.name)))
        {
            var hook = ((nn.Module<Tensor, Tensor>)module).register_forward_hook((_, _, output) =>
            {
                outputs[name] = output.alias();

                // What follows depends on the kept handle; the handle that is passed on is the network's to dispose.
                return outputs[name].alias();
            });
            removals.Add(hook.remove);
        }

        Tensor leaf = input.detach().requires_grad_(true);
        Tensor logits = network.call(leaf);
        string[] names = [.. outputs.Keys];
        IList<Tensor> gradients = autograd.grad([logits.max()], [.. names.Select(n => outputs[n])]);
        removals.ForEach(r => r());
        return names.Zip(gradients).ToDictionary(p => p.First, p => (Values(outputs[p.First]), Values(Map(outputs[p.First], p.Second))));
    }

    private static Tensor Map(Tensor activation, Tensor gradient) => gradient.mean([2, 3], keepdim: true).mul(activation).sum([1L]).relu();

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
}
