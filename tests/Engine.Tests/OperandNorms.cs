using CAManim.Native.Engine.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>|A| |G| of every module call by plain autograd: maps far below it are rounding noise.</summary>
internal static class OperandNorms
{
    public static Dictionary<string, double> Measure(nn.Module<Tensor, Tensor> model, Tensor input, int classIndex)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, (Tensor Activation, Tensor Tap)> taps = [];
        List<Action> removals = [];
        foreach (ModuleNode node in ModuleTree.Walk(model))
        {
            int calls = 0;
            if (node.Module is nn.Module<Tensor, Tensor> module)
            {
                var remover = module.register_forward_hook((_, _, output) =>
                {
                    string name = calls == 0 ? node.Name : $"{node.Name}#{calls}";
                    calls++;
                    Tensor tap = output.alias().DetachFromDisposeScope();
                    tap.retain_grad();
                    taps[name] = (output.detach().DetachFromDisposeScope(), tap);
                    return tap.alias();
                });
                removals.Add(remover.remove);
            }
        }

        model.call(input.detach().requires_grad_(true))[0, classIndex].backward();
        removals.ForEach(remove => remove());
        Dictionary<string, double> norms = [];
        foreach ((string name, (Tensor activation, Tensor tap)) in taps)
        {
            norms[name] = tap.grad is { } gradient ? activation.norm().item<float>() * (double)gradient.norm().item<float>() : 0;
            activation.Dispose();
            tap.Dispose();
        }

        return norms;
    }
}
