using CAManim.Native.Engine.Axes;
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

    private InputGrid Grid => new(InputHeight, InputWidth);

    /// <summary>Returns null and the layout where <paramref name="output"/> is a map or folds back to one, else why not.</summary>
    /// <param name="output">What a module returned.</param>
    /// <param name="axes">What is known of its dimensions; where that is nothing their sizes are looked at.</param>
    /// <param name="layout">How it becomes [N,C,h,w].</param>
    public string? FindSkipReason(Tensor? output, CallAxes axes, out OutputLayout layout)
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

        if (axes.IsIndependent)
        {
            return LayerReports.Independent;
        }

        return (axes.Order, shape.Length) switch
        {
            (MapOrder.Windows, 3 or 4) => $"output [{text}] is windows of tokens, not a map: its positions do not stand row by row",
            (MapOrder.Mixed, 3 or 4) => $"output [{text}] mixes positions with channels, not a map",
            (MapOrder.Tokens or MapOrder.ChannelTokens, 3) => FoldTokens(axes, text, out layout),
            (_, 4) => FindSkipReason(shape, axes.Order, text, out layout),
            (_, 3) when FoldTokens(shape) is { } tokens => (layout = tokens) is null ? text : null,
            (_, 3) => $"output [{text}] is tokens that cannot be folded back into a map",
            (_, 2) => $"output [{text}] is a vector, not a map",
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

    private string? FindSkipReason(long[] shape, MapOrder order, string text, out OutputLayout layout)
    {
        bool isKnown = order is MapOrder.ChannelsFirst or MapOrder.ChannelsLast;
        bool isFirst = isKnown ? order == MapOrder.ChannelsFirst : Grid.HasAspect(shape[2], shape[3]);
        bool isLast = isKnown ? !isFirst : !isFirst && shape[1] > 1 && Grid.HasAspect(shape[1], shape[2]);
        layout = isLast ? OutputLayout.ChannelsLast : OutputLayout.ChannelsFirst;
        if (shape.Contains(0) || (isLast ? shape[1] * shape[2] : shape[2] * shape[3]) <= 1)
        {
            return $"output [{text}] has a single position (1x1), not a map";
        }

        // [N, windows, tokens of a window, C]: together they tile a grid of the input's shape, in an order that is not known here.
        return !isFirst && !isLast && Grid.Find(shape[1] * shape[2]) is not null ? $"output [{text}] is windows of tokens, not a map" : null;
    }

    private static string? FoldTokens(CallAxes axes, string text, out OutputLayout layout)
    {
        layout = axes.Order == MapOrder.Tokens ? OutputLayout.Tokens(0, axes.Rows, axes.Columns) : OutputLayout.ChannelTokens(axes.Rows, axes.Columns);
        return axes.Rows * axes.Columns > 1 ? null : $"output [{text}] has a single position (1x1), not a map";
    }

    private OutputLayout? FoldTokens(long[] shape)
    {
        foreach (int prefix in TokenPrefixes)
        {
            if (Grid.Find(shape[1] - prefix) is (int height, int width))
            {
                return OutputLayout.Tokens(prefix, height, width);
            }
        }

        return null;
    }
}
