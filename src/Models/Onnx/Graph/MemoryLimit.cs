using System.Globalization;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>How much memory the activations of a call may take.</summary>
internal static class MemoryLimit
{
    /// <summary>The variable that sets it, in bytes or with K, M, G or T behind.</summary>
    public const string Variable = "CAMANIM_ONNX_MEMORY";

    /// <summary>More than networks of this kind take for an image of 1000 by 1000 with its gradients.</summary>
    private const long BytesOfImage = 8L << 30;

    /// <summary>What is asked for by the variable; else 8 GiB an image, and on the processor not more than half of what the machine or its container has.</summary>
    /// <param name="images">Images of the call.</param>
    /// <param name="isOnProcessor">Whether the memory is the machine's.</param>
    /// <exception cref="OnnxException">The variable is no size.</exception>
    public static long Of(long images, bool isOnProcessor)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked)
        {
            return Parse(asked) ?? throw new OnnxException($"{Variable} is '{asked}'; expected is a size above 0, such as 16G");
        }

        long each = images > long.MaxValue / BytesOfImage ? long.MaxValue : images * BytesOfImage;
        return isOnProcessor ? Math.Min(each, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2) : each;
    }

    /// <summary>A size in bytes, or null where the text is none.</summary>
    /// <param name="text">Digits, and K, M, G or T for powers of 1024.</param>
    public static long? Parse(string text)
    {
        int power = text.Length == 0 ? -1 : "KMGT".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal);
        string digits = power >= 0 ? text[..^1] : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 && number <= long.MaxValue >> (10 * (power + 1))
            ? number << (10 * (power + 1))
            : null;
    }

    /// <summary>Refuses a call that takes more.</summary>
    /// <param name="bytes">What it takes.</param>
    /// <param name="input">Shape of its input.</param>
    /// <param name="isOnProcessor">Whether the memory is the machine's.</param>
    public static void Check(long bytes, long[] input, bool isOnProcessor)
    {
        long limit = Of(Math.Max(1, input.FirstOrDefault(1)), isOnProcessor);
        if (bytes > limit)
        {
            throw new OnnxException(string.Create(
                CultureInfo.InvariantCulture,
                $"This ONNX network would keep {bytes / (double)(1 << 30):0.0} GiB of activations alive for an input [{Sizes.Show(input)}]; at most {limit / (double)(1 << 30):0.0} GiB are given (8 GiB an image, and not more than half of the memory). Give a smaller picture (--size) or batch, or raise the limit: {Variable}=16G."));
        }
    }
}
