namespace CAManim.Native.Models.Onnx.Format;

/// <summary>Numbers of ONNX's element types.</summary>
internal static class OnnxElement
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int8 = 3;
    public const int UInt16 = 4;
    public const int Int16 = 5;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Bool = 9;
    public const int Float16 = 10;
    public const int Double = 11;
    public const int UInt32 = 12;
    public const int UInt64 = 13;
    public const int BFloat16 = 16;

    /// <summary>Bytes an element, or 0 where the type is not read.</summary>
    public static int Size(int type) => type switch
    {
        UInt8 or Int8 or Bool => 1,
        UInt16 or Int16 or Float16 or BFloat16 => 2,
        Float or Int32 or UInt32 => 4,
        Int64 or Double or UInt64 => 8,
        _ => 0,
    };

    public static bool IsFloating(int type) => type is Float or Float16 or Double or BFloat16;
}
