using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>One call of a graph: the values that are alive. Layers read from it what does not come as their argument.</summary>
internal sealed class Frame
{
    [ThreadStatic]
    private static Frame? _current;

    public Frame(int slots, long batch, bool isWidening, long elementLimit)
    {
        Slots = new Tensor?[slots];
        Batch = batch;
        IsWidening = isWidening;
        ElementLimit = elementLimit;
    }

    /// <summary>The call that runs on this thread, or null.</summary>
    public static Frame? Current => _current;

    public Tensor?[] Slots { get; }

    /// <summary>Images of this call.</summary>
    public long Batch { get; }

    /// <summary>Whether the file was exported for one image and is now run on several.</summary>
    public bool IsWidening { get; }

    /// <summary>The largest tensor that a node may make.</summary>
    public long ElementLimit { get; }

    /// <summary>Makes it the current one of this thread.</summary>
    /// <returns>The one that was current before.</returns>
    public Frame? Enter()
    {
        Frame? before = _current;
        _current = this;
        return before;
    }

    public static void Leave(Frame? before) => _current = before;
}
