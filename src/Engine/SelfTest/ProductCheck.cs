using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.SelfTest;

/// <summary>One matrix product by libtorch and by the definition.</summary>
internal static class ProductCheck
{
    /// <summary>Error relative to the largest value of the reference.</summary>
    public static double Run(int rows, int inner, int columns, ScalarType type)
    {
        float[] left = SmallIntegers.Make(rows * inner, 3, 4), right = SmallIntegers.Make(inner * columns, 3, 5);
        using DisposeScope scope = NewDisposeScope();
        Tensor product = tensor(left, [rows, inner]).to(type).matmul(tensor(right, [inner, columns]).to(type));
        float[] expected = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = expected.AsSpan(i * columns, columns);
            for (int k = 0; k < inner; k++)
            {
                float factor = left[(i * inner) + k];
                ReadOnlySpan<float> other = right.AsSpan(k * columns, columns);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * other[j];
                }
            }
        }

        return Distance.Relative(product.to(ScalarType.Float32).data<float>().ToArray(), expected);
    }
}
