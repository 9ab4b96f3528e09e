using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>One call of a graph: the values that are alive. Layers read from it what does not come as their argument.</summary>
internal sealed class Frame
{
    [ThreadStatic]
    private static Frame? _current;

    public Frame(int slots, long batch) => (Slots, Batch) = (new Tensor?[slots], batch);

    /// <summary>The call that runs on this thread, or null.</summary>
    public static Frame? Current => _current;

    public Tensor?[] Slots { get; }

    /// <summary>Images of this call.</summary>
    public long Batch { get; }

    /// <summary>Images that the file was exported for; 0 where it takes any number.</summary>
    public long ExportedBatch { get; init; }

    /// <summary>Whether the file was exported for another number of images than now come.</summary>
    public bool IsRebatching => ExportedBatch > 0 && ExportedBatch != Batch;

    /// <summary>The largest tensor that a node may make.</summary>
    public required long ElementLimit { get; init; }

    /// <summary>Whether sizes are worked out only: tensors have shapes and no memory.</summary>
    public bool IsPlan { get; init; }

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
