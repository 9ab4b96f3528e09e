using System.Globalization;
using CAManim.Native.Engine.Results;

namespace CAManim.Native.Engine.Localisation;

/// <summary>Writes evaluations as CSV (RFC 4180): a header, then one line a method and layer.</summary>
/// <remarks>
/// Columns: <c>method</c>, <c>frame</c> (from 0), <c>layer</c>, <c>height</c>, <c>width</c>, <c>maps</c>, <c>pointing</c>, <c>energy</c> (empty
/// where no map has any), <c>empty</c>, <c>chance</c>.
/// </remarks>
public static class EvaluationCsv
{
    /// <summary>Writes the layers of several methods.</summary>
    /// <param name="tallies">Name of a method and what was counted for it.</param>
    /// <param name="writer">Written, not closed.</param>
    /// <exception cref="IOException">The writer cannot be written.</exception>
    public static void Write(IEnumerable<KeyValuePair<string, EvaluationTally>> tallies, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("method,frame,layer,height,width,maps,pointing,energy,empty,chance\r\n");
        foreach ((string method, EvaluationTally tally) in tallies)
        {
            foreach (EvaluationScore score in tally.Layers)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{CsvLine.Quote(method)},{score.Frame},{CsvLine.Quote(score.Layer)},{score.Height},{score.Width},{score.Maps},{score.Pointing:R},{score.Energy:R},{score.Empty},{tally.Chance:R}\r\n"));
            }
        }
    }
}
