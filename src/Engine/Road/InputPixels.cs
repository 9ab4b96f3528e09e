using System.Runtime.InteropServices;
using CAManim.Native.Engine.Results;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road;

/// <summary>Reads the image that maps came from.</summary>
internal static class InputPixels
{
    /// <summary>A copy of [C,H,W] in float32.</summary>
    /// <exception cref="CamException">The input's size is not that of the maps.</exception>
    public static float[] Read(Tensor input, CamResult maps)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is not [1, >= 1, _, _] || input.shape[2] != maps.InputHeight || input.shape[3] != maps.InputWidth)
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; the maps are of an image [1,C,{maps.InputHeight},{maps.InputWidth}]. Give the input that the maps came from.");
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor image = input.detach().to(ScalarType.Float32, CPU).contiguous();
        return MemoryMarshal.Cast<byte, float>(image.bytes).ToArray();
    }
}
