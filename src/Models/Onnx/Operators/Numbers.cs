using TorchSharp;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Numbers of calls that live as long as the program, since libtorch may still read what a garbage collection frees; see TensorSums.</summary>
internal static class Numbers
{
    public static readonly Scalar Zero = 0;
    public static readonly Scalar One = 1;
    public static readonly Scalar MinusOne = -1;
}
