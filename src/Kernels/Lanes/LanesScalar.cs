namespace CAManim.Native.Kernels.Lanes;

/// <summary>Sixteen floats worked on one after the other: the plain variant of operations that are written over lanes.</summary>
internal unsafe struct LanesScalar : ILanes<LanesScalar>
{
    private const int Count = LanesTail.Width;

    private fixed float _values[Count];

    /// <inheritdoc/>
    public static LanesScalar Zero => default;

    /// <inheritdoc/>
    public static LanesScalar operator +(LanesScalar left, LanesScalar right)
    {
        for (int i = 0; i < Count; i++)
        {
            left._values[i] += right._values[i];
        }

        return left;
    }

    /// <inheritdoc/>
    public static LanesScalar operator -(LanesScalar left, LanesScalar right)
    {
        for (int i = 0; i < Count; i++)
        {
            left._values[i] -= right._values[i];
        }

        return left;
    }

    /// <inheritdoc/>
    public static LanesScalar operator *(LanesScalar left, LanesScalar right)
    {
        for (int i = 0; i < Count; i++)
        {
            left._values[i] *= right._values[i];
        }

        return left;
    }

    /// <inheritdoc/>
    public static LanesScalar operator /(LanesScalar left, LanesScalar right)
    {
        for (int i = 0; i < Count; i++)
        {
            left._values[i] /= right._values[i];
        }

        return left;
    }

    /// <inheritdoc/>
    public static LanesScalar Broadcast(float value)
    {
        LanesScalar result;
        for (int i = 0; i < Count; i++)
        {
            result._values[i] = value;
        }

        return result;
    }

    /// <inheritdoc/>
    public static LanesScalar Mask(int count)
    {
        LanesScalar result = default;
        for (int i = 0; i < count; i++)
        {
            result._values[i] = BitConverter.UInt32BitsToSingle(uint.MaxValue);
        }

        return result;
    }

    /// <inheritdoc/>
    public static LanesScalar Load(float* source) => *(LanesScalar*)source;

    /// <inheritdoc/>
    public static LanesScalar Lookup(LanesScalar table, int* index)
    {
        LanesScalar result;
        for (int i = 0; i < Count; i++)
        {
            result._values[i] = table._values[index[i]];
        }

        return result;
    }

    /// <inheritdoc/>
    public static LanesScalar Gather(float* source, int* index)
    {
        LanesScalar result;
        for (int i = 0; i < Count; i++)
        {
            result._values[i] = source[index[i]];
        }

        return result;
    }

    /// <inheritdoc/>
    public static void Store(LanesScalar value, float* target) => *(LanesScalar*)target = value;

    /// <inheritdoc/>
    public static LanesScalar FusedMultiplyAdd(LanesScalar a, LanesScalar b, LanesScalar c)
    {
        for (int i = 0; i < Count; i++)
        {
            c._values[i] = float.FusedMultiplyAdd(a._values[i], b._values[i], c._values[i]);
        }

        return c;
    }

    /// <inheritdoc/>
    public static LanesScalar And(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            ((int*)a._values)[i] &= ((int*)b._values)[i];
        }

        return a;
    }

    /// <inheritdoc/>
    public static LanesScalar Or(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < Count; i++)
        {
            ((int*)a._values)[i] |= ((int*)b._values)[i];
        }

        return a;
    }

    /// <inheritdoc/>
    public static LanesScalar IsNaN(LanesScalar value)
    {
        for (int i = 0; i < Count; i++)
        {
            ((int*)value._values)[i] = float.IsNaN(value._values[i]) ? -1 : 0;
        }

        return value;
    }

    /// <inheritdoc/>
    public static bool AnyOnes(LanesScalar value)
    {
        int bits = 0;
        for (int i = 0; i < Count; i++)
        {
            bits |= ((int*)value._values)[i];
        }

        return bits != 0;
    }

    /// <inheritdoc/>
    public static LanesScalar Abs(LanesScalar value)
    {
        for (int i = 0; i < Count; i++)
        {
            value._values[i] = float.Abs(value._values[i]);
        }

        return value;
    }

    /// <inheritdoc/>
    public static LanesScalar Relu(LanesScalar value)
    {
        for (int i = 0; i < Count; i++)
        {
            value._values[i] = Scalar.Relu(value._values[i]);
        }

        return value;
    }

    /// <inheritdoc/>
    public static LanesScalar WhereNotZero(LanesScalar test, LanesScalar value)
    {
        for (int i = 0; i < Count; i++)
        {
            value._values[i] = test._values[i] == 0 ? 0 : value._values[i];
        }

        return value;
    }

    /// <inheritdoc/>
    public static LanesScalar WhereAtLeast(LanesScalar test, LanesScalar threshold, LanesScalar value)
    {
        for (int i = 0; i < Count; i++)
        {
            value._values[i] = test._values[i] >= threshold._values[i] ? value._values[i] : 0;
        }

        return value;
    }

    /// <inheritdoc/>
    public static LanesScalar Left(LanesScalar before, LanesScalar value)
    {
        LanesScalar result;
        result._values[0] = before._values[Count - 1];
        for (int i = 1; i < Count; i++)
        {
            result._values[i] = value._values[i - 1];
        }

        return result;
    }

    /// <inheritdoc/>
    public static LanesScalar Right(LanesScalar value, LanesScalar after)
    {
        LanesScalar result;
        for (int i = 1; i < Count; i++)
        {
            result._values[i - 1] = value._values[i];
        }

        result._values[Count - 1] = after._values[0];
        return result;
    }

    /// <inheritdoc/>
    public static LanesScalar Evens(LanesScalar low, LanesScalar high) => Pick(low, high, 0);

    /// <inheritdoc/>
    public static LanesScalar Odds(LanesScalar low, LanesScalar high) => Pick(low, high, 1);

    /// <inheritdoc/>
    public static LanesScalar InterleaveLow(LanesScalar evens, LanesScalar odds) => Interleave(evens, odds, 0);

    /// <inheritdoc/>
    public static LanesScalar InterleaveHigh(LanesScalar evens, LanesScalar odds) => Interleave(evens, odds, Count / 2);

    /// <inheritdoc/>
    public static LanesScalar Lower(LanesScalar candidate, LanesScalar best)
    {
        for (int i = 0; i < Count; i++)
        {
            best._values[i] = candidate._values[i] < best._values[i] ? candidate._values[i] : best._values[i];
        }

        return best;
    }

    /// <inheritdoc/>
    public static LanesScalar Higher(LanesScalar candidate, LanesScalar best)
    {
        for (int i = 0; i < Count; i++)
        {
            best._values[i] = candidate._values[i] > best._values[i] ? candidate._values[i] : best._values[i];
        }

        return best;
    }

    /// <inheritdoc/>
    public static float Sum(LanesScalar value)
    {
        for (int half = Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                value._values[i] += value._values[i + half];
            }
        }

        return value._values[0];
    }

    /// <inheritdoc/>
    public static float Minimum(LanesScalar value)
    {
        float least = value._values[0];
        for (int i = 1; i < Count; i++)
        {
            least = value._values[i] < least ? value._values[i] : least;
        }

        return least;
    }

    /// <inheritdoc/>
    public static float Maximum(LanesScalar value)
    {
        float greatest = value._values[0];
        for (int i = 1; i < Count; i++)
        {
            greatest = value._values[i] > greatest ? value._values[i] : greatest;
        }

        return greatest;
    }

    private static LanesScalar Pick(LanesScalar low, LanesScalar high, int first)
    {
        LanesScalar result;
        for (int i = 0; i < Count / 2; i++)
        {
            result._values[i] = low._values[(2 * i) + first];
            result._values[i + (Count / 2)] = high._values[(2 * i) + first];
        }

        return result;
    }

    private static LanesScalar Interleave(LanesScalar evens, LanesScalar odds, int first)
    {
        LanesScalar result;
        for (int i = 0; i < Count / 2; i++)
        {
            result._values[2 * i] = evens._values[first + i];
            result._values[(2 * i) + 1] = odds._values[first + i];
        }

        return result;
    }
}
