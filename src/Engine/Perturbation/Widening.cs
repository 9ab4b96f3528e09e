using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>Forwards of one image that become a batch at a layer, where each image of the batch is changed in its own way.</summary>
/// <remarks>
/// A network may do what a batch of one does not survive (concatenation, a remembered batch size): that shows as an exception or as an
/// output with another batch size, and the next <see cref="WideningMode"/> is taken, for this layer from then on.
/// </remarks>
internal sealed class Widening(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, PerturbedLayer layer)
{
    /// <summary>The mode that works, as far as is known.</summary>
    public WideningMode Mode { get; private set; }

    /// <summary>The network's output for a batch.</summary>
    /// <param name="images">Images of the batch.</param>
    /// <param name="change">Changes what the layer returned, repeated to the batch: memory of its own, in the layer's own layout.</param>
    public Tensor Call(int images, Action<Tensor> change)
    {
        while (Mode != WideningMode.Repeated)
        {
            using DisposeScope scope = NewDisposeScope();
            try
            {
                Tensor output = Call(Mode, images, change);
                if (output.shape[0] == images)
                {
                    return output.MoveToOuterDisposeScope();
                }
            }
            catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException) && !(error is ExternalException torch && DeviceMemory.IsExhausted(torch)))
            {
                // The next mode gives the network what it asks for; the last one's errors are the network's own.
            }

            Mode++;
        }

        return Call(Mode, images, change);
    }

    private Tensor Call(WideningMode mode, int images, Action<Tensor> change)
    {
        int calls = 0;
        bool isBefore = true;
        List<Action> removals = [];
        try
        {
            if (mode == WideningMode.Narrowed)
            {
                foreach (ModuleNode node in nodes.Where(n => n.IsLeaf))
                {
                    Action? removal = ModuleHook.RegisterNarrowing(node.Module, () => isBefore, images);
                    if (removal is not null)
                    {
                        removals.Add(removal);
                    }
                }
            }

            removals.Add(ModuleHook.Register(layer.Node.Module, () => { }, output =>
            {
                if (calls++ != layer.Call)
                {
                    return output;
                }

                isBefore = false;
                Tensor wide = Repeat(output.narrow(0, 0, 1), images, isView: false);
                change(wide);
                return wide;
            })!);
            return model.call(mode == WideningMode.Broadcast ? layer.Input.alias() : Repeat(layer.Input, images, isView: mode == WideningMode.Narrowed));
        }
        finally
        {
            foreach (Action removal in removals)
            {
                removal();
            }
        }
    }

    private static Tensor Repeat(Tensor one, int images, bool isView)
    {
        long[] shape = one.shape;
        shape[0] = images;
        Tensor view = one.expand(shape);
        return isView ? view : view.clone();
    }
}
