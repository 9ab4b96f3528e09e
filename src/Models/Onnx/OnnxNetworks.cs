using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;

namespace CAManim.Native.Models.Onnx;

/// <summary>Classifiers in ONNX files as networks: every node through which the picture flows is a layer with its name, gradients run through all.</summary>
public static class OnnxNetworks
{
    private const string Extension = ".onnx";

    /// <summary>Side of the picture where the file takes any.</summary>
    private const int AnySize = 224;

    /// <summary>Whether a model's name is the path of an ONNX file; the name of one of its outputs may follow a colon (<c>mine.onnx:logits</c>).</summary>
    /// <param name="name">What stands after <c>--model</c>.</param>
    public static bool IsReference(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || name.Contains(Extension + ":", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The operators that are read, by ONNX's names.</summary>
    public static IReadOnlyList<string> Operators { get; } = [.. Onnx.Operators.OperatorTable.Names];

    /// <summary>
    /// Makes a network of a file, with its weights. A sigmoid or softmax at its very end is left out, so that the network gives logits; <see cref="LoadedModel.FinalActivation"/> tells which. Input size,
    /// channels (one: grey) and number of classes are the file's; names of classes, mean and deviation too where it holds them. 1000 classes without names are taken for ImageNet's.
    /// </summary>
    /// <param name="path">The file, operator sets 9 to 21; weights inside, or in files beside it. The name of an output may follow a colon.</param>
    /// <param name="classes">Names of its classes, or null.</param>
    /// <param name="outputName">Which of several outputs holds the logits; null: the one behind the colon, or the one that looks like logits (<see cref="LoadedModel.Remarks"/> says which).</param>
    /// <exception cref="OnnxException">The file is missing, damaged or hostile, or no classifier of known operators; the message names the node.</exception>
    public static LoadedModel Create(string path, ClassNames? classes = null, string? outputName = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        int colon = path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? -1 : path.LastIndexOf(Extension + ":", StringComparison.OrdinalIgnoreCase);
        (path, outputName) = colon < 0 ? (path, outputName) : (path[..(colon + Extension.Length)], outputName ?? path[(colon + Extension.Length + 1)..]);
        byte[] content = Read(path);
        try
        {
            using var files = new ExternalFiles(path);
            return Make(OnnxParser.Model(content), Path.GetFileNameWithoutExtension(path), content.Length, files, classes, outputName);
        }
        catch (OnnxException e)
        {
            throw new OnnxException($"The ONNX file '{path}' cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static LoadedModel Make(OnnxModel model, string name, long sizeInBytes, ExternalFiles files, ClassNames? classes, string? outputName)
    {
        PictureInput input = GraphBuilder.CheckEnds(model);
        (OnnxNetwork network, OutputChoice output) = GraphBuilder.Build(model, name, sizeInBytes, files, input, outputName);
        int side = input.Side > 0 ? input.Side : AnySize;
        float[] grey = [0.5f];
        Architecture standard = new(name, () => network, side, (int)(side * 256L / 224));
        return new LoadedModel(
            standard with
            {
                Classes = classes ?? Names(model, output.Output),
                FinalActivation = network.Activation,
                InputChannels = input.Channels,
                Remarks = output.Remark is { } remark ? [remark] : [],

                // Pixels from 0 to 255 are what is left when nothing is subtracted and a 255th divides.
                Mean = input.IsInteger ? [.. Enumerable.Repeat(0f, input.Channels)] : ModelMetadata.Mean(model.Metadata, input.Channels) ?? (input.Channels == 1 ? grey : standard.Mean),
                StandardDeviation = input.IsInteger ? [.. Enumerable.Repeat(1 / 255f, input.Channels)] : ModelMetadata.Deviation(model.Metadata, input.Channels) ?? (input.Channels == 1 ? grey : standard.StandardDeviation),
            },
            hasWeights: true);
    }

    /// <summary>The file's names where it has one for each class; null: those of ImageNet.</summary>
    private static ClassNames? Names(OnnxModel model, OnnxValue output)
    {
        long count = output.Shape is { Length: > 1 } shape ? shape[1] : -1;
        if (ModelMetadata.ClassNames(model.Metadata) is { } names && (count < 0 || names.Length == count))
        {
            return new ClassNames("this network", names);
        }

        return count == ClassNames.ImageNet.Count ? null : ClassNames.Unnamed;
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
}
