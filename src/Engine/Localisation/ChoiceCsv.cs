using System.Globalization;
using CAManim.Native.Engine.Results;

namespace CAManim.Native.Engine.Localisation;

/// <summary>Writes choices by ROAD as CSV (RFC 4180): a header, then one line a method and object.</summary>
/// <remarks>
/// Columns: <c>method</c>, <c>scene</c>, <c>class</c> (its index), <c>final_layer</c>, <c>final_road</c>, <c>final_reason</c>, <c>final_hit</c> (0 or 1),
/// <c>best_layer</c>, <c>best_road</c>, <c>best_hit</c>, <c>layers</c>, <c>scored</c>. What is missing is empty.
/// </remarks>
public static class ChoiceCsv
{
    /// <summary>Writes the objects of several methods.</summary>
    /// <param name="tallies">Name of a method and its objects.</param>
    /// <param name="writer">Written, not closed.</param>
    /// <exception cref="IOException">The writer cannot be written.</exception>
    public static void Write(IEnumerable<KeyValuePair<string, ChoiceTally>> tallies, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(writer);
        CsvLine.Write(writer, ["method", "scene", "class", "final_layer", "final_road", "final_reason", "final_hit", "best_layer", "best_road", "best_hit", "layers", "scored"]);
        foreach ((string method, ChoiceTally tally) in tallies)
        {
            foreach (ObjectChoice c in tally.Choices)
            {
                CsvLine.Write(writer, [
                    method, Text(c.Scene), Text(c.ClassIndex),
                    c.Final.Layer, Text(c.Final.Road), c.Final.Reason ?? "", Bit(c.Final.IsHit),
                    c.Best?.Layer ?? "", Text(c.Best?.Road), c.Best is null ? "" : Bit(c.Best.IsHit),
                    Text(c.Layers), Text(c.Scored)]);
            }
        }
    }

    private static string Bit(bool value) => value ? "1" : "0";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(float? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
