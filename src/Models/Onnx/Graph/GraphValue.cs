using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>A value of the graph: a constant, or a slot that is filled at every call.</summary>
internal sealed class GraphValue
{
    private long[]? _integers;

    public required string Name { get; init; }

    public required ValueKind Kind { get; init; }

    /// <summary>Where a call keeps it; -1 for constants.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>The tensor of a constant.</summary>
    public Tensor? Constant { get; init; }

    /// <summary>The values of a constant, read once.</summary>
    public long[] Integers() => _integers ??= Read(Constant!);

    /// <summary>The values of an integer tensor.</summary>
    public static long[] Read(Tensor tensor)
    {
        using Tensor integers = tensor.dtype == ScalarType.Int64 ? tensor.alias() : tensor.to(ScalarType.Int64);
        using Tensor local = integers.cpu();
        using Tensor contiguous = local.contiguous();
        return contiguous.data<long>().ToArray();
    }
}
