using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>The memory that a kernel's arguments are written to before each launch; the driver copies them at the launch.</summary>
internal sealed unsafe class ParameterBlock : IDisposable
{
    private readonly byte* _values;
    private readonly byte** _addresses;

    /// <param name="types">The kernel's parameters.</param>
    public ParameterBlock(IReadOnlyList<Type> types)
    {
        Layouts = [.. types.Select(ParameterLayout.Of)];
        Offsets = new int[types.Count];
        int size = 0;
        for (int i = 0; i < Layouts.Length; i++)
        {
            Offsets[i] = ParameterLayout.AlignUp(size, Layouts[i].Alignment);
            size = Offsets[i] + Layouts[i].SizeInBytes;
        }

        // Gaps between fields are never read; zero makes launches comparable.
        _values = (byte*)NativeMemory.AllocZeroed((nuint)int.Max(1, size));
        _addresses = (byte**)NativeMemory.Alloc((nuint)int.Max(1, types.Count), (nuint)sizeof(byte*));
        for (int i = 0; i < Layouts.Length; i++)
        {
            _addresses[i] = _values + Offsets[i];
        }
    }

    ~ParameterBlock() => Free();

    /// <summary>How each parameter lies.</summary>
    public ParameterLayout[] Layouts { get; }

    /// <summary>Where each parameter starts here.</summary>
    public int[] Offsets { get; }

    /// <summary>The array of addresses that the driver takes.</summary>
    public nint Addresses => (nint)_addresses;

    /// <summary>Writes a number.</summary>
    public void Put<T>(int offset, T value)
        where T : unmanaged => Unsafe.WriteUnaligned(_values + offset, value);

    /// <summary>Writes a view: its address and its length.</summary>
    public void PutView<T>(int offset, ArrayView<T> view)
        where T : unmanaged
    {
        Put(offset, (long)AddressSpace.AddressOf(view));
        Put(offset + sizeof(long), view.Length);
    }

    /// <summary>An expression that writes one argument.</summary>
    /// <param name="parameter">Its number.</param>
    /// <param name="argument">Its value.</param>
    public Expression Write(int parameter, Expression argument) => Expression.Block(typeof(void), Layouts[parameter].Leaves.Select(leaf =>
    {
        Expression value = leaf.Path.Aggregate(argument, Expression.Field);
        bool isView = ParameterLayout.IsView(leaf.Type);
        Type type = isView ? leaf.Type.GetGenericArguments()[0] : leaf.Type;
        return Expression.Call(Expression.Constant(this), isView ? nameof(PutView) : nameof(Put), [type], Expression.Constant(Offsets[parameter] + leaf.Offset), value);
    }));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_values);
        NativeMemory.Free(_addresses);
    }
}
