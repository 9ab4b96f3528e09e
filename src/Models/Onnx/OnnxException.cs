using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Onnx;

/// <summary>An ONNX file cannot be used; the message says what was found, what was expected and what to do.</summary>
public sealed class OnnxException : WeightFileException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found, what was expected, what to do.</param>
    /// <param name="inner">What went wrong below, or null.</param>
    public OnnxException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
