using CAManim.Native.Engine.Capture;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Methods;

/// <summary>Maps that are made of maps.</summary>
internal static class LayerMaps
{
    /// <summary>A frame with another signed map, of whatever size.</summary>
    public static LayerMap Replace(LayerMap frame, float[] signedMap, int height, int width, int inputHeight, int inputWidth)
    {
        TapMap map = TapMap.Create(frame.Channels, height, width, signedMap, inputHeight, inputWidth);
        return frame with
        {
            Height = height,
            Width = width,
            SignedMap = map.Signed,
            Map = map.Map,
            Minimum = map.Minimum,
            Maximum = map.Maximum,
            HasNonFinite = map.HasNonFinite,
        };
    }

    /// <summary>The sum [H,W] of the signed maps, each resized to the input.</summary>
    public static float[] Sum(IReadOnlyList<LayerMap> frames, int inputHeight, int inputWidth)
    {
        float[] sum = new float[inputHeight * inputWidth];
        float[] resized = new float[sum.Length];
        foreach (LayerMap frame in frames)
        {
            BilinearResize.Resize(frame.SignedMap.Span, frame.Height, frame.Width, resized, inputHeight, inputWidth);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += resized[i];
            }
        }

        return sum;
    }
}
