using System.Globalization;

namespace CAManim.Native.Cli.Options;

/// <summary>Numbers as words, the same on every system.</summary>
internal static class Numbers
{
    /// <summary>A whole number, 0 or more; null where the text is none.</summary>
    public static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>A number; null where the text is none.</summary>
    public static double? Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    /// <summary>A number that reads back to the same.</summary>
    public static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
