using CAManim.Native.Models.Onnx.Graph;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Constants that an exporter repeated for each image of its batch (class tokens, positions), for the images that now come.</summary>
internal static class Rebatching
{
    /// <summary>The input; a constant of the exported batch, all images of it alike, is given once for each image of this call.</summary>
    public static Tensor Fit(Arguments inputs, int index)
    {
        Tensor x = inputs[index];
        long[] shape = x.shape;
        if (!inputs.Frame.IsRebatching || inputs.IsActivation(index) || shape.Length < 2 || shape[0] != inputs.Frame.ExportedBatch || !BatchComesFirst(inputs, shape.Length))
        {
            return x;
        }

        Tensor one = x.narrow(0, 0, 1);
        return inputs.IsPlan || shape[0] == 1 || x.eq(one).all().item<bool>()
            ? one.expand([inputs.Frame.Batch, .. shape[1..]])
            : throw inputs.Node.Refuse($"a constant [{Sizes.Show(shape)}] that differs from image to image of the batch that the file was exported for");
    }

    private static bool BatchComesFirst(Arguments inputs, int dimensions)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs.IsActivation(i) && inputs[i].dim() == dimensions && inputs[i].shape[0] == inputs.Frame.Batch)
            {
                return true;
            }
        }

        return false;
    }
}
