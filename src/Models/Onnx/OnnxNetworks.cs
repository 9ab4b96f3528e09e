using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;

namespace CAManim.Native.Models.Onnx;

/// <summary>Classifiers in ONNX files as networks: every node through which the picture flows is a layer with its name, gradients run through all.</summary>
public static class OnnxNetworks
{
    /// <summary>Whether a model's name is the path of an ONNX file.</summary>
    /// <param name="name">What stands after <c>--model</c>.</param>
    public static bool IsReference(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The operators that are read, by ONNX's names.</summary>
    public static IReadOnlyList<string> Operators { get; } = [.. Onnx.Operators.OperatorTable.Names];

    /// <summary>
    /// Makes a network of a file, with its weights. A sigmoid or softmax at its very end is left out, so that the network gives logits; <see cref="LoadedModel.FinalActivation"/> tells which. Input size and
    /// number of classes are the file's; 1000 classes are taken for ImageNet's, others have no names unless given.
    /// </summary>
    /// <param name="path">The file, operator sets 9 to 21, all weights inside.</param>
    /// <param name="classes">Names of its classes, or null.</param>
    /// <exception cref="OnnxException">The file is missing, damaged or hostile, or no classifier of known operators; the message names the node.</exception>
    public static LoadedModel Create(string path, ClassNames? classes = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] content = Read(path);
        try
        {
            OnnxModel model = OnnxParser.Model(content);
            int side = InputSide(model);
            OnnxNetwork network = GraphBuilder.Build(model, Path.GetFileNameWithoutExtension(path), content.Length);
            bool isImageNet = model.Outputs[0].Shape is { Length: > 1 } shape && shape[1] == ClassNames.ImageNet.Count;
            return new LoadedModel(
                new Architecture(Path.GetFileNameWithoutExtension(path), () => network, side, (int)(side * 256L / 224)) { Classes = classes ?? (isImageNet ? null : ClassNames.Unnamed), FinalActivation = network.Activation },
                hasWeights: true);
        }
        catch (OnnxException e)
        {
            throw new OnnxException($"The ONNX file '{path}' cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            FileKind.CheckReadable(path);
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OnnxException($"The ONNX file '{path}' cannot be read: {e.Message} Check the path and that it is readable.", e);
        }
    }

    /// <summary>Side of the picture: the file's, or 224 where it takes any.</summary>
    private static int InputSide(OnnxModel model)
    {
        const int anySize = 224;
        const int largest = 1 << 14;
        if (model.Inputs.Count != 1 || model.Inputs[0].Shape is not { } shape)
        {
            return anySize;
        }

        if (shape.Length != 4 || (shape[1] != 3 && shape[1] != -1) || shape[2] > largest)
        {
            string advice = shape.Length == 4 && shape[3] == 3 ? "Export it with channels before pixels (in Python: tf2onnx with --inputs-as-nchw)" : "Export a network of RGB pictures";
            throw new OnnxException($"its input {model.Inputs[0].Describe()} is no picture [N,3,H,W]. {advice}");
        }

        if (shape[2] != shape[3])
        {
            throw new OnnxException($"its input {model.Inputs[0].Describe()} is not square. Export it for square pictures or for any size (in Python: dynamic_axes)");
        }

        return shape[2] > 0 ? (int)shape[2] : anySize;
    }
}
