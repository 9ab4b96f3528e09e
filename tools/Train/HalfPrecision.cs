using System.Runtime.InteropServices;
using CAManim.Native.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>The network as its file holds it: float16.</summary>
internal static class HalfPrecision
{
    /// <summary>Rounds every floating parameter and buffer to float16 (they stay float32), so that what is validated is what is shipped.</summary>
    public static void Round(nn.Module network)
    {
        foreach ((_, Tensor tensor) in Floating(network))
        {
            foreach (ref float value in MemoryMarshal.Cast<byte, float>(tensor.bytes))
            {
                value = (float)(Half)value;
            }
        }
    }

    /// <summary>Writes every floating parameter and buffer, in the network's order, as safetensors. The counts of batches are left out: nothing is computed from them.</summary>
    public static void Write(string path, nn.Module network, IReadOnlyDictionary<string, string> metadata) =>
        SafeTensorsWriter.Write(path, Floating(network).Select(entry => Convert(entry.Key, entry.Tensor)), metadata);

    private static SafeTensor Convert(string key, Tensor tensor)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        Half[] halves = new Half[values.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)values[i];
        }

        return SafeTensor.Of(key, [.. tensor.shape.Select(size => (int)size)], halves);
    }

    private static IEnumerable<(string Key, Tensor Tensor)> Floating(nn.Module network) =>
        network.state_dict().Where(entry => entry.Value.is_floating_point()).Select(entry => (entry.Key, entry.Value));
}
