using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights;

/// <summary>
/// Fills a network by a rule that any language can follow bit for bit, so that networks can be compared without weight files.
/// h = FNV-1a 64 of "salt:key"; element i = splitmix64 finaliser of h + (i+1) 0x9E3779B97F4A7C15; u = its upper 24 bits · 2⁻²⁴, in [0,1).
/// <c>running_var</c>: 0.5+u; <c>running_mean</c>: (u-0.5)·0.2; <c>weight</c> of rank 1: 0.75+0.5u; of rank 2 and more: (2u-1)·sqrt(3/fan_in);
/// other floating tensors: (2u-1)·0.05; integers and <c>relative_coords_table</c> stay.
/// </summary>
public static class RuleWeights
{
    /// <summary>Fills parameters and buffers of a float32 network on the CPU.</summary>
    /// <param name="module">The network; integer tensors stay as they are.</param>
    /// <param name="salt">Any text; another salt gives another network.</param>
    public static void Fill(nn.Module module, string salt)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(salt);
        using var noGradient = no_grad();
        foreach ((string key, Tensor tensor) in ModuleState.Of(module))
        {
            if (tensor.dtype == ScalarType.Float32 && !key.EndsWith("relative_coords_table", StringComparison.Ordinal))
            {
                Fill(MemoryMarshal.Cast<byte, float>(tensor.bytes), salt, key, tensor.shape);
            }
        }
    }

    /// <summary>The numbers u of a key.</summary>
    internal static void FillUniform(Span<float> destination, string key)
    {
        ulong h = Fnv1a(key);
        for (int i = 0; i < destination.Length; i++)
        {
            ulong z = h + ((ulong)(i + 1L) * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            destination[i] = (z >> 40) * (1f / (1 << 24));
        }
    }

    internal static ulong Fnv1a(string text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }

    private static void Fill(Span<float> values, string salt, string key, long[] shape)
    {
        FillUniform(values, $"{salt}:{key}");
        string last = key[(key.LastIndexOf('.') + 1)..];
        switch (last)
        {
            case "running_var":
                Map(values, 1, 0.5f);
                break;
            case "running_mean":
                foreach (ref float v in values)
                {
                    v = (v - 0.5f) * 0.2f;
                }

                break;
            case "weight" when shape.Length == 1:
                Map(values, 0.5f, 0.75f);
                break;
            default:
                float scale = last == "weight" && shape.Length >= 2
                    ? (float)Math.Sqrt(3.0 / shape.Skip(1).Aggregate(1L, (a, b) => a * b))
                    : 0.05f;
                foreach (ref float v in values)
                {
                    v = ((2 * v) - 1) * scale;
                }

                break;
        }
    }

    private static void Map(Span<float> values, float factor, float offset)
    {
        foreach (ref float v in values)
        {
            v = (v * factor) + offset;
        }
    }
}
