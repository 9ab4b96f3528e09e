using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>How ILGPU's PTX lays out a kernel's parameter: natural alignment, a view as address and length of 8 bytes each.</summary>
/// <param name="SizeInBytes">A multiple of the alignment.</param>
/// <param name="Alignment">That of the widest field.</param>
/// <param name="Leaves">The fields that hold something, views whole, with the way to each.</param>
internal sealed record ParameterLayout(int SizeInBytes, int Alignment, IReadOnlyList<ParameterLeaf> Leaves)
{
    private const int Word = 8;

    /// <summary>The layout of a type: a number, an enumeration, a view, or a structure of these.</summary>
    /// <exception cref="NotSupportedException">It holds something else.</exception>
    public static ParameterLayout Of(Type type)
    {
        if (IsView(type))
        {
            return new(2 * Word, Word, [new ParameterLeaf([], type, 0)]);
        }

        if (type.IsPrimitive || type.IsEnum)
        {
            int size = SizeOf(type);
            return new(size, size, [new ParameterLeaf([], type, 0)]);
        }

        int offset = 0;
        int alignment = 1;
        List<ParameterLeaf> leaves = [];
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
        {
            ParameterLayout inner = Of(field.FieldType);
            offset = AlignUp(offset, inner.Alignment);
            leaves.AddRange(inner.Leaves.Select(leaf => new ParameterLeaf([field, .. leaf.Path], leaf.Type, offset + leaf.Offset)));
            offset += inner.SizeInBytes;
            alignment = int.Max(alignment, inner.Alignment);
        }

        return new(AlignUp(offset, alignment), alignment, leaves);
    }

    public static bool IsView(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArrayView<>);

    public static int AlignUp(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    private static int SizeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        TypeCode.Int64 or TypeCode.UInt64 => 8,
        _ => throw new NotSupportedException($"A kernel's parameter holds a {type.Name}; numbers of 1 to 8 bytes and views are expected (float64 is slow on most cards)."),
    };
}
