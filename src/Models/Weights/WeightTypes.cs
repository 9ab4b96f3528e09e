using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights;

/// <summary>Sizes and kin of <see cref="WeightType"/>.</summary>
internal static class WeightTypes
{
    public static int SizeInBytes(this WeightType type) => type switch
    {
        WeightType.Float64 or WeightType.Int64 => 8,
        WeightType.Float32 or WeightType.Int32 => 4,
        WeightType.Float16 or WeightType.BFloat16 or WeightType.Int16 => 2,
        _ => 1,
    };

    public static WeightType? OfTorch(ScalarType type) => type switch
    {
        ScalarType.Float64 => WeightType.Float64,
        ScalarType.Float32 => WeightType.Float32,
        ScalarType.Float16 => WeightType.Float16,
        ScalarType.BFloat16 => WeightType.BFloat16,
        ScalarType.Int64 => WeightType.Int64,
        ScalarType.Int32 => WeightType.Int32,
        ScalarType.Int16 => WeightType.Int16,
        ScalarType.Int8 => WeightType.Int8,
        ScalarType.Byte => WeightType.UInt8,
        ScalarType.Bool => WeightType.Bool,
        _ => null,
    };
}
