using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.SelfTest;

/// <summary>What libtorch chooses its code by: kind and channels of a convolution, type, order in memory, images, threads.</summary>
internal static class SelfTestCases
{
    // libtorch gives a single image to oneDNN from this size of its tensor on; smaller ones go another way.
    private const int LargeTensor = 20480;

    private static readonly int[] Channels = [.. Enumerable.Range(1, 24).Select(i => 4 * i)];
    private static readonly int[] SomeChannels = [4, 12, 20, 24, 32, 40, 56, 72, 96];

    /// <summary>All of them.</summary>
    /// <param name="threads">Threads that the program computes with.</param>
    public static IEnumerable<SelfTestCase> All(int threads)
    {
        foreach (ScalarType type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            int[] channels = type == ScalarType.Float32 ? Channels : SomeChannels;
            yield return Convolutions("3x3, one image", type, [.. channels.Select(c => new ConvolutionShape(c, c, 3))], images: 1, side: Side);
            yield return Convolutions("3x3, batch", type, [.. channels.Select(c => new ConvolutionShape(c, c, 3))], images: 3, side: _ => 7);
            yield return Convolutions("3x3, batch, channels last", type, [.. SomeChannels.Select(c => new ConvolutionShape(c, c, 3))], images: 2, side: _ => 7, isChannelsLast: true);
            yield return Convolutions("3x3, batch, one thread", type, [.. SomeChannels.Select(c => new ConvolutionShape(c, c, 3))], images: 2, side: _ => 7, threads: 1, threadsAfter: threads);
            yield return Convolutions("1x1, stride 2", type, [new(64, 128, 1, 2), new(256, 512, 1, 2), new(40, 72, 1, 2)], images: 1, side: Side);
            yield return Convolutions("1x1 and 3x3 to more, batch", type, [new(20, 56, 1), new(96, 24, 1), new(12, 40, 3), new(64, 32, 3, 2)], images: 2, side: _ => 9);
            yield return Convolutions("5x5 and 7x7", type, [new(12, 20, 5), new(20, 24, 5, 2), new(3, 64, 7, 2)], images: 1, side: c => c.Kernel == 7 ? 32 : 14);
            yield return Convolutions("grouped", type, [new(32, 32, 3, 1, 4), new(48, 96, 3, 2, 4), new(40, 40, 1, 1, 2)], images: 2, side: _ => 10);
            yield return Convolutions("depthwise", type, [new(24, 24, 3, 1, 24), new(36, 36, 5, 2, 36), new(64, 64, 3, 2, 64), new(96, 96, 7, 1, 96)], images: 2, side: _ => 12);
            yield return Convolutions("depthwise, channels last", type, [new(24, 24, 3, 1, 24), new(96, 96, 7, 1, 96)], images: 1, side: _ => 12, isChannelsLast: true);
            yield return Products("matrix products", type, [(1, 512, 1000), (7, 65, 33), (48, 96, 160), (130, 67, 259)]);
        }

        static int Side(ConvolutionShape shape) => (int)Math.Ceiling(Math.Sqrt((LargeTensor + 1.0) / shape.InputChannels));
    }

    private static SelfTestCase Convolutions(
        string name, ScalarType type, ConvolutionShape[] shapes, int images, Func<ConvolutionShape, int> side, bool isChannelsLast = false, int threads = 0, int threadsAfter = 0) => new(name, type, () =>
    {
        (double worst, string where) = (0, "");
        if (threads > 0)
        {
            set_num_threads(threads);
        }

        foreach (ConvolutionShape shape in shapes)
        {
            (double forward, double backward) = ConvolutionCheck.Run(shape, images, side(shape), type, isChannelsLast);
            string channels = shape.InputChannels == shape.OutputChannels ? $"C={shape.InputChannels}" : $"C={shape.InputChannels} to {shape.OutputChannels}";
            Take(ref worst, ref where, forward, $"{channels}, forward");
            Take(ref worst, ref where, backward, $"{channels}, gradient");
        }

        if (threads > 0)
        {
            set_num_threads(threadsAfter);
        }

        return (worst, where);
    });

    private static SelfTestCase Products(string name, ScalarType type, (int Rows, int Inner, int Columns)[] sizes) => new(name, type, () =>
    {
        (double worst, string where) = (0, "");
        foreach ((int rows, int inner, int columns) in sizes)
        {
            Take(ref worst, ref where, ProductCheck.Run(rows, inner, columns, type), $"{rows}x{inner} by {inner}x{columns}");
        }

        return (worst, where);
    });

    // Not a number is the worst there is.
    private static void Take(ref double worst, ref string where, double error, string here)
    {
        if (double.IsNaN(error) || error > worst)
        {
            (worst, where) = (double.IsNaN(error) ? double.PositiveInfinity : error, here);
        }
    }
}
