using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Results;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Live;

/// <summary>A module call as it was seen first; later frames must find the same at its place, or it is made anew.</summary>
internal sealed class LiveCall(ModuleNode node, LayerReport report, ScalarType? type, LiveTap? tap)
{
    public ModuleNode Node => node;

    /// <summary>What became of the call.</summary>
    public LayerReport Report => report;

    /// <summary>Null for a call that gives no map.</summary>
    public LiveTap? Tap => tap;

    /// <summary>Whether this frame's call is the same; allocates nothing.</summary>
    public bool Fits(ModuleNode called, Tensor? output)
    {
        if (!ReferenceEquals(called, node))
        {
            return false;
        }

        if (output is null || output.IsInvalid || report.OutputShape is not { } shape)
        {
            return output is null && report.OutputShape is null;
        }

        if (output.dtype != type || output.dim() != shape.Count)
        {
            return false;
        }

        for (int i = 0; i < shape.Count; i++)
        {
            if (output.size(i) != shape[i])
            {
                return false;
            }
        }

        return true;
    }
}
