using System.Globalization;

namespace CAManim.Native.Models.Images;

/// <summary>Which of a picture's values become 0 and 1: window and level, or what the file has.</summary>
public readonly record struct PictureRange
{
    private PictureRange(bool isFull, double? minimum, double? maximum) => (IsFull, Minimum, Maximum) = (isFull, minimum, maximum);

    /// <summary>All values of 8 bits; of 16 bits as many bits as the picture makes use of (8, 10, 12, 14 or 16), or up to the largest value that a TIFF names.</summary>
    public static PictureRange Auto { get; }

    /// <summary>All values that the file's samples can have: 0 to 255, or 0 to 65535.</summary>
    public static PictureRange Full { get; } = new(true, null, null);

    /// <summary>Whether it is <see cref="Full"/>.</summary>
    public bool IsFull { get; }

    /// <summary>The value that becomes 0 of a window; null of others.</summary>
    public double? Minimum { get; }

    /// <summary>The value that becomes 1 of a window; null of others.</summary>
    public double? Maximum { get; }

    /// <summary>Values from here to there; what lies outside is cut off.</summary>
    /// <param name="minimum">Becomes 0, in the file's values.</param>
    /// <param name="maximum">Becomes 1.</param>
    /// <exception cref="ArgumentException">The maximum is not above the minimum, or one is not finite.</exception>
    public static PictureRange Window(double minimum, double maximum) => double.IsFinite(minimum) && double.IsFinite(maximum) && maximum > minimum
        ? new PictureRange(false, minimum, maximum)
        : throw new ArgumentException($"The range {minimum}:{maximum} is empty. The second number must be above the first.");

    /// <summary>Reads <c>auto</c>, <c>full</c> or <c>MIN:MAX</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static PictureRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return Auto;
        }

        if (text.Equals("full", StringComparison.OrdinalIgnoreCase))
        {
            return Full;
        }

        string[] parts = text.Split(':');
        return parts.Length == 2 && Number(parts[0], out double minimum) && Number(parts[1], out double maximum)
            ? Window(minimum, maximum)
            : throw new ArgumentException($"The range '{text}' is none. Give auto, full, or the values that become black and white, for instance 0:4095.");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        Minimum is { } minimum && Maximum is { } maximum ? string.Create(CultureInfo.InvariantCulture, $"{minimum}:{maximum}") : IsFull ? "full" : "auto";

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
