using System.CommandLine;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary><c>camanim-train sheet</c>: a sheet of drawn images, to look at before anything is trained on them.</summary>
internal static class SheetCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> kind = new("--kind") { Description = "scenes (one object each), pairs (two objects) or phantoms.", DefaultValueFactory = _ => "scenes" };
        kind.AcceptOnlyFromAmong("scenes", "pairs", "phantoms");
        Option<ulong> seed = new("--seed") { Description = "Seed of the first image; the next has the next.", DefaultValueFactory = _ => 0 };
        Option<int> count = new("--count") { Description = "Number of images.", DefaultValueFactory = _ => 48 };
        Option<string> output = new("--output", "-o") { Description = "PNG file to write.", DefaultValueFactory = _ => "sheet.png" };
        Command command = new("sheet", "Draws a sheet of images.") { kind, seed, count, output };
        command.SetAction(parsed => Pictures.SaveSheet(
            [.. Enumerable.Range(0, Math.Max(1, parsed.GetRequiredValue(count))).Select(i => Draw(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(seed) + (ulong)i, i).Image)],
            8,
            1,
            parsed.GetRequiredValue(output)));
        return command;
    }

    private static DemoScene Draw(string kind, ulong seed, int index) => kind switch
    {
        "pairs" => DemoScenes.DrawRandom(seed, 2),
        "phantoms" => DemoPhantoms.Draw(seed, index % DemoPhantoms.ClassNames.Count),
        _ => DemoScenes.Draw(seed, index % DemoScenes.ClassNames.Count),
    };
}
