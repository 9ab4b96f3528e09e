using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Axes;

/// <summary>Asks a module that only moves values where it moves them: it is given numbers in their place.</summary>
internal static class NumberedElements
{
    // float32 counts no further.
    private const int MostPositions = 1 << 24;

    /// <summary>Where the positions are in what the module makes of them.</summary>
    /// <param name="module">A module without children.</param>
    /// <param name="positions">Those of the input.</param>
    /// <param name="input">What the module was called with.</param>
    /// <param name="shape">Of what it returned.</param>
    /// <returns>Null where the module does anything else than to move values.</returns>
    public static Positions? Follow(nn.Module module, Positions positions, Tensor input, long[] shape)
    {
        long[] before = input.shape;
        if (module is not nn.Module<Tensor, Tensor> mover || !CanBeAsked(module, positions, input, before, shape))
        {
            return null;
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        long[] places = [.. before];
        places[positions.ChannelAxis] = 1;

        // Not through call(): nothing of this is part of the run.
        Tensor moved = mover.forward(tensor(positions.Index).to(input.dtype).to(input.device).reshape(places).expand(before).contiguous());
        if (!moved.shape.AsSpan().SequenceEqual(shape) || FindChannels(moved, shape, before[positions.ChannelAxis]) is not { } axis)
        {
            return null;
        }

        Tensor index = moved.narrow(axis, 0, 1).to(ScalarType.Float32, CPU).contiguous();
        return Read(MemoryMarshal.Cast<byte, float>(index.bytes), positions.Index.Length) is { } places2 ? positions with { ChannelAxis = axis, Index = places2 } : null;
    }

    private static bool CanBeAsked(nn.Module module, Positions positions, Tensor input, long[] before, long[] after)
    {
        bool isMoved = !before.AsSpan().SequenceEqual(after) || before.Skip(1).Distinct().Count() < before.Length - 1;
        return isMoved
            && !positions.IsNoMap
            && positions.Index.Length <= MostPositions
            && before[0] == 1
            && before[positions.ChannelAxis] > 1
            && input.dtype is ScalarType.Float32 or ScalarType.Float64
            && before.Aggregate(1L, (a, b) => a * b) == after.Aggregate(1L, (a, b) => a * b)
            && !module.parameters().Any()
            && !module.buffers().Any();
    }

    /// <summary>The one dimension along which the position does not change.</summary>
    private static int? FindChannels(Tensor moved, long[] shape, long channels)
    {
        int? found = null;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] > 1 && moved.narrow(axis, 1, shape[axis] - 1).eq(moved.narrow(axis, 0, shape[axis] - 1)).all().item<bool>())
            {
                if (found is not null || shape[axis] != channels)
                {
                    return null;
                }

                found = axis;
            }
        }

        return found;
    }

    /// <summary>The numbers, where each of 0 to <paramref name="count"/> - 1 is there once.</summary>
    private static int[]? Read(ReadOnlySpan<float> numbers, int count)
    {
        int[] index = new int[count];
        bool[] isThere = new bool[count];
        for (int i = 0; i < count; i++)
        {
            int number = (int)numbers[i];
            if (number != numbers[i] || (uint)number >= (uint)count || isThere[number])
            {
                return null;
            }

            (index[i], isThere[number]) = (number, true);
        }

        return index;
    }
}
