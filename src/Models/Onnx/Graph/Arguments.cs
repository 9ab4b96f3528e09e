using CAManim.Native.Models.Onnx.Format;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>The inputs of one call of a node.</summary>
internal sealed class Arguments
{
    private readonly GraphValue?[] _values;
    private readonly Tensor?[] _tensors;

    public Arguments(OnnxNode node, GraphValue?[] values, Tensor?[] tensors, Frame frame)
    {
        Node = node;
        _values = values;
        _tensors = tensors;
        Frame = frame;
        IsPlan = frame.IsPlan && Array.Exists(tensors, t => t?.device_type == DeviceType.META);
    }

    public OnnxNode Node { get; }

    public Frame Frame { get; }

    /// <summary>Whether only the result's shape and type are wanted. What depends on shapes alone is computed in plans, too.</summary>
    public bool IsPlan { get; }

    public int Count => _tensors.Length;

    /// <summary>An input that must be there.</summary>
    public Tensor this[int index] => Has(index) ? _tensors[index]! : throw Node.Refuse($"no input {index}");

    public bool Has(int index) => index < _tensors.Length && _tensors[index] is not null;

    public Tensor? Optional(int index) => Has(index) ? _tensors[index] : null;

    /// <summary>Whether an input depends on the picture.</summary>
    public bool IsActivation(int index) => index < _values.Length && _values[index]?.Kind == ValueKind.Activation;

    /// <summary>Whether an input is known when the file is read.</summary>
    public bool IsConstant(int index) => index < _values.Length && _values[index]?.Kind == ValueKind.Constant;

    /// <summary>The values of an integer input, or null where there is none.</summary>
    public long[]? Integers(int index)
    {
        if (!Has(index))
        {
            return null;
        }

        if (_values[index] is { Kind: ValueKind.Constant } constant)
        {
            return constant.Integers();
        }

        return IsActivation(index) ? throw Node.Refuse($"an input {index} that is computed from the picture; expected are integers known before") : GraphValue.Read(_tensors[index]!);
    }

    public long[] RequiredIntegers(int index) => Integers(index) ?? throw Node.Refuse($"no input {index}");

    /// <summary>An axis as a number from 0; negative ones count from the end.</summary>
    public int Axis(long axis, long rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Node.Refuse($"axis {axis} where the tensor has {rank} dimensions");

    public int[] Axes(long[] axes, long rank) => Array.ConvertAll(axes, a => Axis(a, rank));

    /// <summary>The numbers of a floating input that is known before, or null where there is none.</summary>
    public float[]? Floats(int index)
    {
        if (!Has(index))
        {
            return null;
        }

        using Tensor values = IsActivation(index)
            ? throw Node.Refuse($"an input {index} that is computed from the picture; expected are numbers known before")
            : (_values[index]?.Constant ?? _tensors[index]!).to(ScalarType.Float32);
        using Tensor local = values.cpu();
        using Tensor contiguous = local.contiguous();
        return contiguous.data<float>().ToArray();
    }

    /// <summary>A result that is not computed while sizes are worked out: its shape and type.</summary>
    public Tensor Planned(long[] shape, ScalarType type)
    {
        Guard(shape);
        return empty(shape, type, META);
    }

    /// <summary>Rows of <paramref name="x"/> along an axis.</summary>
    public Tensor Pick(Tensor x, int axis, long[] indices)
    {
        long[] shape = [.. x.shape];
        shape[axis] = indices.Length;
        return IsPlan ? Planned(shape, x.dtype) : x.index_select(axis, tensor(indices, device: x.device));
    }

    /// <summary>
    /// Refuses a result larger than a call may make, before its memory is asked for. Extents of 0 count as 1: products of the others must
    /// not overflow anywhere below.
    /// </summary>
    public void Guard(ReadOnlySpan<long> shape)
    {
        double elements = 1;
        foreach (long extent in shape)
        {
            elements *= extent >= 0 ? Math.Max(1, extent) : throw Node.Refuse($"a result of shape [{Sizes.Show(shape.ToArray())}]");
        }

        if (shape.Length > Sizes.MostDimensions)
        {
            throw Node.Refuse($"a result of {shape.Length} dimensions, at most {Sizes.MostDimensions} are computed");
        }

        if (elements > Frame.ElementLimit)
        {
            throw Node.Refuse($"a result of {elements:0} elements, at most {Frame.ElementLimit} are computed for a picture of this batch");
        }
    }

    /// <summary>The shape that several broadcast to; refuses what is too large.</summary>
    public long[] Broadcast(params ReadOnlySpan<long[]> shapes)
    {
        int rank = 0;
        foreach (long[] shape in shapes)
        {
            rank = Math.Max(rank, shape.Length);
        }

        var result = new long[rank];
        Array.Fill(result, 1);
        foreach (long[] shape in shapes)
        {
            for (int i = 0; i < shape.Length; i++)
            {
                ref long extent = ref result[rank - shape.Length + i];
                extent = extent == 1 || extent == shape[i] ? shape[i]
                    : shape[i] == 1 ? extent
                    : throw Node.Refuse($"inputs of shapes that do not go together: {extent} and {shape[i]}");
            }
        }

        Guard(result);
        return result;
    }

    /// <summary>Runs the operation; the result is a handle of its own.</summary>
    public Tensor Run(Operation operation)
    {
        try
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor result = operation(this);
            if (Array.Exists(_tensors, t => ReferenceEquals(t, result)))
            {
                result = result.alias();
            }

            return result.MoveToOuterDisposeScope();
        }
        catch (Exception e) when (e is System.Runtime.InteropServices.ExternalException or ArgumentException or InvalidOperationException or ArithmeticException or NotSupportedException or NotImplementedException or IndexOutOfRangeException)
        {
            string shapes = string.Join(", ", _tensors.Take(Sizes.MostDimensions).Select(t => t is null ? "none" : $"[{Sizes.Show(t.shape)}]"));
            throw new OnnxException($"{Node.Describe()} failed on inputs {shapes}: {e.Message.Split('\n')[0]}", e);
        }
    }
}
