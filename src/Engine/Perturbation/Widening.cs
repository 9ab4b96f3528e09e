using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>Forwards of one image that become a batch at a layer, one ablated channel for each image of the batch.</summary>
/// <remarks>
/// A network may do what a batch of one does not survive (concatenation, a remembered batch size): that shows as an exception or as an
/// output with another batch size, and the next <see cref="WideningMode"/> is taken, for this layer from then on.
/// </remarks>
internal sealed class Widening(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, PerturbedLayer layer)
{
    /// <summary>The mode that works, as far as is known.</summary>
    public WideningMode Mode { get; private set; }

    /// <summary>The network's output for a batch.</summary>
    /// <param name="channels">The channel that is ablated in each image.</param>
    /// <param name="values">What its activation becomes.</param>
    public Tensor Call(int[] channels, float[] values)
    {
        while (Mode != WideningMode.Repeated)
        {
            using DisposeScope scope = NewDisposeScope();
            try
            {
                Tensor output = Call(Mode, channels, values);
                if (output.shape[0] == channels.Length)
                {
                    return output.MoveToOuterDisposeScope();
                }
            }
            catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
            {
                // The next mode gives the network what it asks for; the last one's errors are the network's own.
            }

            Mode++;
        }

        return Call(Mode, channels, values);
    }

    private Tensor Call(WideningMode mode, int[] channels, float[] values)
    {
        int images = channels.Length;
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
                return Ablate(output, channels, values);
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

    private Tensor Ablate(Tensor output, int[] channels, float[] values)
    {
        Tensor one = output.narrow(0, 0, 1);
        Tensor wide = Repeat(one, channels.Length, isView: false);
        for (int i = 0; i < channels.Length; i++)
        {
            using Tensor channel = layer.Layout.Channel(wide, i, channels[i]);
            channel.Fill(values[i]);
        }

        return wide;
    }

    private static Tensor Repeat(Tensor one, int images, bool isView)
    {
        long[] shape = one.shape;
        shape[0] = images;
        Tensor view = one.expand(shape);
        return isView ? view : view.clone();
    }
}
