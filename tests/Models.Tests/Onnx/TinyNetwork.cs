using System.Runtime.InteropServices;
using CAManim.Native.Models.Onnx;
using CAManim.Native.Models.Onnx.Graph;
using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Runs a hand-built model and compares it with direct calls of TorchSharp.</summary>
internal static class TinyNetwork
{
    /// <summary>A few roundings of float32.</summary>
    private const double Tolerance = 1e-5;

    public static float[] Values(int count, string key = "x")
    {
        var values = new float[count];
        RuleWeights.FillUniform(values, key);
        return Array.ConvertAll(values, v => (2 * v) - 1);
    }

    public static Tensor Picture(params long[] shape) => tensor(Values((int)shape.Aggregate(1L, (a, b) => a * b)), shape);

    /// <summary>Opens a model through a file, as users do.</summary>
    public static LoadedModel Open(byte[] content, string? outputName = null)
    {
        string path = Path.Combine(Path.GetTempPath(), $"camanim-{Guid.NewGuid():N}.onnx");
        try
        {
            File.WriteAllBytes(path, content);
            return OnnxNetworks.Create(path, outputName: outputName);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Output and gradient of its weighted sum are those of <paramref name="expected"/>; no tensor is left behind.</summary>
    public static void Check(OnnxWriter writer, Func<Tensor, Tensor> expected, params long[] shape)
    {
        using LoadedModel model = Open(writer.Content());
        using var scope = NewDisposeScope();
        Tensor x = Picture(shape).requires_grad_(true);
        Tensor actual = model.Module.call(x);
        Tensor reference = expected(x);

        // Logits of one position are a row of classes; maps stay maps.
        reference = reference.dim() > 2 && reference.shape[2..].All(side => side == 1) ? reference.flatten(1) : reference;
        Assert.Equal(reference.shape, actual.shape);
        CallPlan plan = ((OnnxNetwork)model.Module).Plan(shape);
        Assert.Null(plan.Fault);
        Assert.Equal(actual.numel(), plan.OutputShape.Aggregate(1L, (a, b) => a * b));
        Close(actual, reference, "output");
        if (reference.requires_grad)
        {
            Tensor weights = Picture(reference.shape);
            Close(autograd.grad([actual.mul(weights).sum()], [x])[0], autograd.grad([reference.mul(weights).sum()], [x])[0], "gradient");
        }
    }

    private static void Close(Tensor actual, Tensor expected, string what) => Numbers.AssertClose(Floats(actual), Floats(expected), Tolerance, Tolerance, what);

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
}
