using CAManim.Native.Engine.Interop;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>Which outputs are maps, and in what order their dimensions stand.</summary>
/// <param name="Images">N of the input.</param>
/// <param name="InputHeight">H of the input.</param>
/// <param name="InputWidth">W of the input.</param>
internal readonly record struct OutputShape(long Images, long InputHeight, long InputWidth)
{
    // A class token; class and distillation token; class and four register tokens.
    private static readonly int[] TokenPrefixes = [0, 1, 2, 5];

    // Odd sizes are rounded at every stride: that far may a map be from the input's aspect ratio, in pixels of the map.
    private const double AspectSlack = 2;

    /// <summary>Returns null and the layout where <paramref name="output"/> is a map or folds back to one, else why not.</summary>
    public string? FindSkipReason(Tensor? output, out OutputLayout layout)
    {
        layout = OutputLayout.ChannelsFirst;
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

        if (shape.Length >= 3 && shape[0] != Images)
        {
            return $"output [{text}] has {shape[0]} in the place of the {Images} image(s): windows or regions, not an image";
        }

        return shape.Length switch
        {
            4 => FindSkipReason(shape, text, out layout),
            3 when FoldTokens(shape) is { } tokens => (layout = tokens) is null ? text : null,
            3 => $"output [{text}] is tokens that cannot be folded back into a map",
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

    /// <summary>Activation and gradient as [N,C,h,w], contiguous and of one type that the kernels read: where they lie, or float32 on the processor.</summary>
    public static (Tensor Activation, Tensor Gradient) Prepare(OutputLayout layout, Tensor activation, Tensor gradient, bool isOnDevice)
    {
        (Tensor a, Tensor g) = (layout.Fold(activation), layout.Fold(gradient));
        if (!isOnDevice)
        {
            return (AsFloats(a), AsFloats(g));
        }

        bool isReadable = a.dtype == g.dtype && TensorMemory.TypeOf(a) is not null;
        (a, g) = isReadable ? (a, g) : (a.to(ScalarType.Float32), g.to(ScalarType.Float32));
        return (a.is_contiguous() ? a : a.contiguous(), g.is_contiguous() ? g : g.contiguous());
    }

    private string? FindSkipReason(long[] shape, string text, out OutputLayout layout)
    {
        layout = OutputLayout.ChannelsFirst;
        if (shape[1] < 1 || shape[2] * shape[3] <= 1)
        {
            return $"output [{text}] has a single position (1x1), not a map";
        }

        if (HasInputAspect(shape[2], shape[3]))
        {
            return null;
        }

        if (HasInputAspect(shape[1], shape[2]) && shape[1] > 1)
        {
            layout = OutputLayout.ChannelsLast;
            return null;
        }

        // [N, windows, tokens of a window, C]: together they tile a grid of the input's shape, in an order that is not known here.
        bool isWindows = Grid(shape[1] * shape[2]) is not null;
        return isWindows ? $"output [{text}] is windows of tokens, not a map" : null;
    }

    private OutputLayout? FoldTokens(long[] shape)
    {
        foreach (int prefix in TokenPrefixes)
        {
            if (Grid(shape[1] - prefix) is (int height, int width))
            {
                return OutputLayout.Tokens(prefix, height, width);
            }
        }

        return null;
    }

    /// <summary>h x w with h·w = <paramref name="positions"/> and the input's aspect ratio, or null.</summary>
    private (int Height, int Width)? Grid(long positions)
    {
        if (positions < 4)
        {
            return null;
        }

        long height = (long)Math.Round(Math.Sqrt((double)positions * InputHeight / InputWidth));
        return height > 0 && positions % height == 0 && height * InputWidth == positions / height * InputHeight
            ? ((int)height, (int)(positions / height))
            : null;
    }

    private bool HasInputAspect(long height, long width) =>
        Math.Abs(((double)height * InputWidth / InputHeight) - width) <= AspectSlack
        || Math.Abs(((double)width * InputHeight / InputWidth) - height) <= AspectSlack;
}
