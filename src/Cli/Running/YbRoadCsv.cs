using System.Globalization;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road.Curves;
using CAManim.Native.Engine.Road.Drops;
using CAManim.Native.Engine.Road.Files;

namespace CAManim.Native.Cli.Running;

/// <summary>Series as CSV: the library's lines, with target and method in front, and behind them what else was measured.</summary>
internal static class YbRoadCsv
{
    private const string CurveColumns = "insertion_area,deletion_area";
    private const string DropColumns = "masked_score,drop,increase,complexity,coherency,adcc";

    public static void Write(string path, IReadOnlyList<YbRoadSeries> series)
    {
        using StreamWriter writer = new(path);
        for (int i = 0; i < series.Count; i++)
        {
            using StringWriter text = new();
            RoadCsv.Write(series[i].Result, text);
            string[] lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            string target = $"\"{series[i].TargetName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            if (i == 0)
            {
                Write(["target", "method", lines[0], .. series[i].Curves is null ? (string[])[] : [CurveColumns], .. series[i].Drops is null ? (string[])[] : [DropColumns]]);
            }

            for (int k = 1; k < lines.Length; k++)
            {
                Write([
                    target, CamMethods.NameOf(series[i].Method), lines[k],
                    .. series[i].Curves is { } curves ? Fields(curves[k - 1]) : [], .. series[i].Drops is { } drops ? Fields(drops[k - 1]) : []]);
            }
        }

        void Write(IEnumerable<string> fields) => writer.Write(string.Join(',', fields) + "\r\n");
    }

    private static string[] Fields(LayerCurves curves) => [Text(curves.InsertionArea), Text(curves.DeletionArea)];

    private static string[] Fields(LayerDrop drop) =>
        [Text(drop.Score), Text(drop.Drop), drop.IsIncrease switch { true => "1", false => "0", null => "" }, Text(drop.Complexity), Text(drop.Coherency), Text(drop.Adcc)];

    private static string Text(float? value) => value is { } number && float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";
}
