using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>How the file wants its picture.</summary>
/// <param name="Batch">Images of a call; 0 where it takes any number.</param>
/// <param name="Channels">3, or 1 for grey.</param>
/// <param name="Side">Pixels of a side; 0 where it takes any size.</param>
/// <param name="IsChannelsLast">[N,H,W,C].</param>
/// <param name="IsInteger">Pixels from 0 to 255; the network scales them itself.</param>
internal sealed record PictureInput(long Batch, int Channels, int Side, bool IsChannelsLast, bool IsInteger)
{
    /// <summary>More than any network takes; a picture of this side fills 800 MB as floats.</summary>
    private const int LargestSide = 1 << 13;

    /// <summary>More than any exporter fixes.</summary>
    private const int LargestBatch = 1 << 12;

    /// <summary>Reads it from the graph's input.</summary>
    public static PictureInput Of(OnnxValue input)
    {
        bool isInteger = input.Type is OnnxElement.UInt8 or OnnxElement.Int8 or OnnxElement.UInt16 or OnnxElement.Int16 or OnnxElement.Int32 or OnnxElement.Int64;
        if (input.Shape is not { } shape)
        {
            return new PictureInput(0, 3, 0, false, isInteger);
        }

        if (shape.Length != 4 || (!input.IsFloating && !isInteger))
        {
            throw new OnnxException($"its input {input.Describe()} of element type {input.Type} is no picture [N,3,H,W], [N,1,H,W] or [N,H,W,3]. Export a network of pictures, in float32 or uint8");
        }

        bool isLast = !IsColours(shape[1]) && IsColours(shape[3]);
        if (!isLast && !IsColours(shape[1]) && shape[1] != -1)
        {
            throw new OnnxException($"its input {input.Describe()} is no picture [N,3,H,W] or [N,1,H,W]: it has {shape[1]} channels. Export a network of RGB or grey pictures");
        }

        (long height, long width, long channels) = isLast ? (shape[1], shape[2], shape[3]) : (shape[2], shape[3], shape[1]);
        if (height != width)
        {
            throw new OnnxException($"its input {input.Describe()} is not square. Export it for square pictures or for any size (in Python: dynamic_axes)");
        }

        return height <= LargestSide && shape[0] <= LargestBatch
            ? new PictureInput(Math.Max(0, shape[0]), channels == 1 ? 1 : 3, (int)Math.Max(0, height), isLast, isInteger)
            : throw new OnnxException($"its input {input.Describe()} is larger than {LargestBatch} pictures of {LargestSide}x{LargestSide}");
    }

    private static bool IsColours(long extent) => extent is 1 or 3;
}
