using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>The last reduction's operands: a container and its last child share both, and so their map.</summary>
internal sealed class LastOperands : IDisposable
{
    private nint _activation;
    private nint _gradient;
    private (int Channels, int Height, int Width) _shape;
    private Tensor? _held;

    /// <summary>Compares with the operands before, and takes their place.</summary>
    /// <param name="activation">A.</param>
    /// <param name="gradient">G.</param>
    /// <param name="shape">C, h and w of both.</param>
    /// <param name="held">The gradient's tensor; null where operands are copies, which equal nothing.</param>
    /// <returns>Whether they are the same memory in the same shape.</returns>
    public bool Exchange(ReadOnlySpan<float> activation, ReadOnlySpan<float> gradient, (int Channels, int Height, int Width) shape, Tensor? held) =>
        Exchange(AddressOf(activation), AddressOf(gradient), shape, held);

    /// <summary>The same by the addresses, of whatever device.</summary>
    public bool Exchange(nint activation, nint gradient, (int Channels, int Height, int Width) shape, Tensor? held)
    {
        (nint a, nint g) = held is null ? (0, 0) : (activation, gradient);
        bool isSame = a != 0 && a == _activation && g == _gradient && shape == _shape;

        // Held until the next reduction, so that no other gradient can come to lie at the same address.
        _held?.Dispose();
        _held = held?.alias().DetachFromDisposeScope();
        (_activation, _gradient, _shape) = (a, g, shape);
        return isSame;
    }

    /// <summary>Forgets them.</summary>
    public void Dispose()
    {
        _held?.Dispose();
        (_held, _activation, _gradient) = (null, 0, 0);
    }

    private static unsafe nint AddressOf(ReadOnlySpan<float> span) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
}
