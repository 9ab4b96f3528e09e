using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>A forward of one image in which something inside of the network is a leaf: the score can be differentiated by it, and again.</summary>
internal static class LeafForward
{
    /// <summary>The score where the layer returns <paramref name="leaf"/>.</summary>
    /// <param name="forwards">Runs the network.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="leaf">Of the activation's shape. What follows gets a copy, which it may change in place.</param>
    public static Tensor Score(BatchedForwards forwards, PerturbedLayer layer, Tensor leaf)
    {
        int calls = 0;
        Action removal = ModuleHook.Register(layer.Node.Module, () => { }, output => calls++ == layer.Call ? leaf.clone() : output)!;
        return Score(forwards, layer, [removal, .. forwards.Nodes.Select(n => n.Module).OfType<IAttentionMaps<Tensor>>().Select(a => SetFilter(a, map => map))]);
    }

    /// <summary>The score of an image, under hooks that are removed afterwards.</summary>
    public static Tensor Score(BatchedForwards forwards, PerturbedLayer layer, IReadOnlyList<Action> removals)
    {
        try
        {
            return forwards.Run(layer.Input, () => forwards.Model.call(layer.Input.alias()), 1, output => forwards.Target.Of(output[0]));
        }
        finally
        {
            foreach (Action removal in removals)
            {
                removal();
            }
        }
    }

    /// <summary>The gradient of a scalar with respect to a leaf.</summary>
    /// <param name="scalar">What is differentiated.</param>
    /// <param name="leaf">Of the same shape is what comes back.</param>
    /// <param name="layer">The layer, for the message.</param>
    /// <remarks>By backward(), because libtorch's errors end the process where they come out of TorchSharp's autograd.grad().</remarks>
    /// <exception cref="CamException">Something between has no derivative.</exception>
    public static Tensor Differentiate(Tensor scalar, Tensor leaf, PerturbedLayer layer)
    {
        try
        {
            scalar.backward();
        }
        catch (ExternalException error)
        {
            throw new CamException($"The score cannot be differentiated by what '{layer.Node.Name}' returns: {error.Message.Split('\n')[0]} Leave the layer out, or use another method.", error);
        }

        return leaf.grad ?? zeros_like(leaf);
    }

    /// <summary>Lets a module's attention go through a function, which needs it as a matrix: such attention has second derivatives.</summary>
    /// <returns>An action that puts back what was there.</returns>
    public static Action SetFilter(IAttentionMaps<Tensor> attention, Func<Tensor, Tensor> filter)
    {
        Func<Tensor, Tensor>? before = attention.AttentionFilter;
        attention.AttentionFilter = filter;
        return () => attention.AttentionFilter = before;
    }
}
