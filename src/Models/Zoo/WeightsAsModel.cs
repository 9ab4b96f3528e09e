using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models;

/// <summary>Files with weights that are given in the place of a network.</summary>
internal static class WeightsAsModel
{
    /// <summary>What <see cref="WeightFile.Format"/> says of such an archive.</summary>
    public const string TorchScript = "TorchScript";

    /// <summary>Says what the file is and what can be done with it; null where there is no such weight file.</summary>
    /// <param name="name">What stands after <c>--model</c>.</param>
    public static string? Advice(string name)
    {
        if (!File.Exists(name))
        {
            return null;
        }

        try
        {
            using WeightFile file = WeightFile.Open(name);
            return file.Format == TorchScript
                ? $"'{name}' is a TorchScript archive. Its program runs inside libtorch, where layers cannot be tapped. Export the network to ONNX (Python: torch.onnx.export(torch.jit.load('{name}'), torch.zeros(1, 3, 224, 224), 'net.onnx', opset_version=13)) and give --model net.onnx. Its weights can be read into a network of the zoo: --model NAME --weights {name}."
                : $"'{name}' holds weights ({file.Format}), not a network. Give the network's name, and the file by --weights.";
        }
        catch (WeightFileException)
        {
            return null;
        }
    }
}
