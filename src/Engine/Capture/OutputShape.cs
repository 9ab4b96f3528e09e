using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>Which outputs are maps.</summary>
internal static class OutputShape
{
    /// <summary>Returns null where <paramref name="output"/> is [N,C,h,w] with more than one position, else why there is no map.</summary>
    public static string? FindSkipReason(Tensor? output)
    {
        if (output is null || output.IsInvalid)
        {
            return "no output";
        }

        long[] shape = output.shape;
        string text = string.Join(',', shape);
        if (!output.is_floating_point())
        {
            return $"output [{text}] is {output.dtype}, not floating point";
        }

        return shape.Length switch
        {
            4 when shape[2] * shape[3] > 1 && shape[1] > 0 => null,
            4 => $"output [{text}] has a single position (1x1), not a map",
            2 => $"output [{text}] is a vector, not a map",
            _ => $"output [{text}] has no two spatial dimensions",
        };
    }

    /// <summary>The tensor itself where it is contiguous float32 on the CPU, else a copy that is.</summary>
    public static Tensor AsFloats(Tensor tensor)
    {
        Tensor floats = tensor.dtype == ScalarType.Float32 && tensor.device_type == TorchSharp.DeviceType.CPU
            ? tensor
            : tensor.to(ScalarType.Float32, CPU);
        return floats.is_contiguous() ? floats : floats.contiguous();
    }
}
