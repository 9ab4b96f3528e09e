using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CAManim.Native.Engine.SelfTest;

/// <summary>Convolution and its gradient by the definition, for comparison.</summary>
/// <remarks>
/// Planes are kept with their padding, so that one element of a kernel shifts a whole plane: out[i] += w · in[i + shift], and backward
/// gin[i + shift] += w · gout[i]. Values are small integers: sums below 2^24 are exact in float32, in whatever order they are added.
/// </remarks>
internal static class SlowConvolution
{
    /// <summary>Output [N,K,h,w] of images [N,C,side,side] and weights [K,C/groups,kernel,kernel].</summary>
    public static float[] Forward(ConvolutionShape shape, int images, int side, float[] input, float[] weights)
    {
        int padded = side + (2 * shape.Padding), plane = padded * padded, outputSide = shape.OutputSide(side);
        float[] planes = Pad(input, side, shape.Padding);
        float[] sum = new float[plane];
        float[] output = new float[images * shape.OutputChannels * outputSide * outputSide];
        for (int n = 0; n < images; n++)
        {
            for (int k = 0; k < shape.OutputChannels; k++)
            {
                Array.Clear(sum);
                foreach ((int channel, int shift, float weight) in Terms(shape, k, padded, weights))
                {
                    int from = ((n * shape.InputChannels) + channel) * plane;
                    Add(planes.AsSpan(from + shift, plane - shift), weight, sum);
                }

                int to = ((n * shape.OutputChannels) + k) * outputSide * outputSide;
                for (int y = 0; y < outputSide; y++)
                {
                    for (int x = 0; x < outputSide; x++)
                    {
                        output[to++] = sum[(y * shape.Stride * padded) + (x * shape.Stride)];
                    }
                }
            }
        }

        return output;
    }

    /// <summary>Gradient of the images, from the gradient of the output.</summary>
    public static float[] Backward(ConvolutionShape shape, int images, int side, float[] gradient, float[] weights)
    {
        int padded = side + (2 * shape.Padding), plane = padded * padded, outputSide = shape.OutputSide(side);
        float[] planes = new float[images * shape.InputChannels * plane];
        float[] spread = new float[plane];
        for (int n = 0; n < images; n++)
        {
            for (int k = 0; k < shape.OutputChannels; k++)
            {
                Array.Clear(spread);
                int from = ((n * shape.OutputChannels) + k) * outputSide * outputSide;
                for (int y = 0; y < outputSide; y++)
                {
                    for (int x = 0; x < outputSide; x++)
                    {
                        spread[(y * shape.Stride * padded) + (x * shape.Stride)] = gradient[from++];
                    }
                }

                foreach ((int channel, int shift, float weight) in Terms(shape, k, padded, weights))
                {
                    int to = ((n * shape.InputChannels) + channel) * plane;
                    Add(spread.AsSpan(0, plane - shift), weight, planes.AsSpan(to + shift, plane - shift));
                }
            }
        }

        return Crop(planes, side, shape.Padding);
    }

    // Channel of the input, shift in its plane, and weight, of each element of the kernels of an output channel.
    private static IEnumerable<(int Channel, int Shift, float Weight)> Terms(ConvolutionShape shape, int output, int padded, float[] weights)
    {
        int channels = shape.InputChannels / shape.Groups;
        int first = output / (shape.OutputChannels / shape.Groups) * channels;
        int at = output * channels * shape.Kernel * shape.Kernel;
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < shape.Kernel; y++)
            {
                for (int x = 0; x < shape.Kernel; x++)
                {
                    yield return (first + c, (y * padded) + x, weights[at++]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> from, float weight, Span<float> to)
    {
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(from);
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(to[..from.Length]);
        for (int i = 0; i < source.Length && i < target.Length; i++)
        {
            target[i] += source[i] * weight;
        }

        for (int i = source.Length * Vector<float>.Count; i < from.Length; i++)
        {
            to[i] += from[i] * weight;
        }
    }

    private static float[] Pad(float[] images, int side, int padding)
    {
        int padded = side + (2 * padding);
        float[] planes = new float[images.Length / (side * side) * padded * padded];
        for (int row = 0; row < images.Length / side; row++)
        {
            images.AsSpan(row * side, side).CopyTo(planes.AsSpan(Inner(row, side, padding)));
        }

        return planes;
    }

    private static float[] Crop(float[] planes, int side, int padding)
    {
        int padded = side + (2 * padding);
        float[] images = new float[planes.Length / (padded * padded) * side * side];
        for (int row = 0; row < images.Length / side; row++)
        {
            planes.AsSpan(Inner(row, side, padding), side).CopyTo(images.AsSpan(row * side));
        }

        return images;
    }

    // Where a row of all planes' rows lies when each plane has its padding.
    private static int Inner(int row, int side, int padding)
    {
        int padded = side + (2 * padding);
        return (((row / side * padded) + (row % side) + padding) * padded) + padding;
    }
}
