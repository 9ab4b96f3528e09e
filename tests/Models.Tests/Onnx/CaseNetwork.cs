using static CAManim.Native.Models.Tests.Onnx.TinyNetwork;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>
/// The network of the cases that users bring: two convolutions of stride 2 with ReLU, global pooling, a linear head. Values by
/// <see cref="Values"/>, the names of the tensors as keys; what torch 1.13 computes of it for the picture <c>x</c> [1,3,16,16] stands beside.
/// </summary>
internal static class CaseNetwork
{
    public const int Side = 16;

    /// <summary>What the head reads.</summary>
    public static readonly float[] Features = [0.5082641243934631f, 2.0004537105560303f, 2.652641773223877f, 2.5973260402679443f, 2.3653275966644287f, 0.8082083463668823f, 1.4208530187606812f, 4.11448860168457f, 0.645646870136261f, 4.656257152557373f, 1.3861663341522217f, 0.3329617977142334f, 1.1450990438461304f, 0.625688910484314f, 3.5320301055908203f, 3.261537551879883f];

    /// <summary>Five classes; the first is the only one of a network of one.</summary>
    public static readonly float[] Logits = [-5.056203842163086f, -5.176854133605957f, 3.2546913623809814f, -5.962026596069336f, -1.2835087776184082f];

    /// <summary>For the picture [1,1,16,16] of one channel.</summary>
    public static readonly float[] GreyLogits = [-1.6466232538223267f, -1.674242615699768f, -0.781700611114502f, -3.215087413787842f, 1.1271063089370728f];

    /// <summary>With weights rounded to float16.</summary>
    public static readonly float[] HalfLogits = [-5.053771495819092f, -5.175357341766357f, 3.2537968158721924f, -5.962893486022949f, -1.2829639911651611f];

    /// <summary>Tensors by name.</summary>
    public static IEnumerable<(string Name, float[] Values, long[] Shape)> Tensors(long channels = 3, long classes = 5)
    {
        (string Name, long[] Shape)[] all = [("w1", [8, channels, 3, 3]), ("b1", [8]), ("w2", [16, 8, 3, 3]), ("b2", [16]), ("w3", [classes, 16]), ("b3", [classes])];
        return all.Select(t => (t.Name, Values((int)t.Shape.Aggregate(1L, (a, b) => a * b), t.Name), t.Shape));
    }

    /// <summary>Its tensors.</summary>
    public static OnnxWriter WithWeights(this OnnxWriter writer, long channels = 3, long classes = 5)
    {
        foreach ((string name, float[] values, long[] shape) in Tensors(channels, classes))
        {
            writer.Floats(name, values, shape);
        }

        return writer;
    }

    /// <summary>Its nodes from the picture to the pooled map [N,16,1,1].</summary>
    public static OnnxWriter Body(this OnnxWriter writer, string input = "x", string output = "g")
    {
        (string, object)[] window = [("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }), ("strides", new long[] { 2, 2 })];
        return writer.Node("Conv", $"{input},w1,b1", "c1", window).Node("Relu", "c1", "r1").Node("Conv", "r1,w2,b2", "c2", window).Node("Relu", "c2", "r2").Node("GlobalAveragePool", "r2", output);
    }

    /// <summary>All of its nodes.</summary>
    public static OnnxWriter Whole(this OnnxWriter writer, string output = "logits") => writer.Body().Node("Flatten", "g", "f").Head(output);

    /// <summary>From the features to the logits.</summary>
    public static OnnxWriter Head(this OnnxWriter writer, string output = "logits") => writer.Node("Gemm", "f,w3,b3", output, ("transB", 1));
}
