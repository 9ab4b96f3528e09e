using System.Globalization;
using CAManim.Native.Engine.Results;

namespace CAManim.Native.Engine.Road.Files;

/// <summary>Writes a series as CSV (RFC 4180): a header, then one line a layer.</summary>
/// <remarks>
/// Columns: <c>frame</c> (from 0), <c>name</c>, <c>parameters</c>, <c>road</c>, <c>deviation</c>, <c>reason</c>, <c>same_as</c>, then for each
/// percentile p <c>most_p</c> and <c>least_p</c>, the scores after the removals. What is missing or not a number is empty.
/// </remarks>
public static class RoadCsv
{
    /// <summary>Writes a series.</summary>
    /// <param name="result">The series.</param>
    /// <param name="writer">Written, not closed.</param>
    /// <exception cref="IOException">The writer cannot be written.</exception>
    public static void Write(YbRoadResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        CsvLine.Write(writer, [
            "frame", "name", "parameters", "road", "deviation", "reason", "same_as",
            .. result.Options.Percentiles.SelectMany(p => new[] { Invariant($"most_{p}"), Invariant($"least_{p}") })]);
        for (int i = 0; i < result.Layers.Count; i++)
        {
            LayerRoad layer = result.Layers[i];
            IEnumerable<string> scores = layer.Percentiles.Count == 0
                ? Enumerable.Repeat("", 2 * result.Options.Percentiles.Count)
                : layer.Percentiles.SelectMany(p => new[] { Text(p.MostFirst.Score), Text(p.LeastFirst.Score) });
            CsvLine.Write(writer, [
                Invariant($"{i}"), layer.Name, Invariant($"{layer.Parameters}"), Text(layer.Road), Text(layer.Deviation), layer.Reason ?? "", layer.SameAs ?? "",
                .. scores]);
        }
    }

    private static string Text(float? value) => value is { } number && float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
