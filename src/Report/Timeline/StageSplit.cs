namespace CAManim.Native.Report.Timeline;

/// <summary>
/// Divides the frames into stages: neighbours under the same child of the network. A child that holds most of the frames is divided by its own
/// children; where that gives too many, maps of the same size are a stage. Layers outside of any child are put together with their neighbours.
/// </summary>
internal static class StageSplit
{
    // More names do not fit under the curve.
    private const int Most = 16;
    private const double Dominant = 0.6;

    /// <param name="names">Qualified name of every frame.</param>
    /// <param name="sizes">h and w of every frame's map.</param>
    public static IReadOnlyList<Stage> Of(IReadOnlyList<string> names, IReadOnlyList<(int Height, int Width)> sizes)
    {
        string[][] paths = [.. names.Select(n => n.Split('#')[0].Split('.'))];
        List<Stage> stages = Divide(paths, 0, paths.Length - 1, depth: 1);
        for (int depth = 2; stages.FindIndex(s => s.Count > Dominant * names.Count) is >= 0 and int at; depth++)
        {
            List<Stage> parts = Divide(paths, stages[at].First, stages[at].Last, depth);
            if (parts.Count == 1 && paths.Skip(stages[at].First).Take(stages[at].Count).All(p => p.Length < depth))
            {
                break;
            }

            stages.RemoveAt(at);
            stages.InsertRange(at, parts);
            if (stages.Count > Most)
            {
                return BySize(names, sizes);
            }
        }

        return stages;
    }

    // Runs of equal beginnings of a depth; those that are a layer each are joined.
    private static List<Stage> Divide(string[][] paths, int first, int last, int depth)
    {
        List<Stage> stages = [];
        int start = first;
        for (int i = first; i <= last; i++)
        {
            if (i < last && Beginning(paths[i + 1], depth) == Beginning(paths[i], depth))
            {
                continue;
            }

            bool isLone = start == i;
            string name = Label(paths[start], depth);
            if (isLone && stages.Count > 0 && IsLone(stages[^1]))
            {
                Stage before = stages[^1];
                stages[^1] = new Stage($"{Label(paths[before.First], depth)} to {name}", before.First, i);
            }
            else
            {
                stages.Add(new Stage(name, start, i));
            }

            start = i + 1;
        }

        return stages;

        bool IsLone(Stage stage) => stage.Count == 1 || stage.Name.Contains(" to ", StringComparison.Ordinal);
    }

    private static List<Stage> BySize(IReadOnlyList<string> names, IReadOnlyList<(int Height, int Width)> sizes)
    {
        List<Stage> stages = [];
        int start = 0;
        for (int i = 0; i < names.Count; i++)
        {
            if (i + 1 == names.Count || sizes[i + 1] != sizes[i])
            {
                stages.Add(new Stage($"{sizes[i].Height} \u00d7 {sizes[i].Width}", start, i));
                start = i + 1;
            }
        }

        return stages.Count <= Most ? stages : [new Stage("all layers", 0, names.Count - 1)];
    }

    private static string Beginning(string[] path, int depth) => string.Join('.', path.Take(depth));

    // A number alone says nothing.
    private static string Label(string[] path, int depth)
    {
        string[] shown = [.. path.Take(depth)];
        string last = shown[^1];
        return last.Length == 0 ? "(network)" : last.All(char.IsAsciiDigit) && shown.Length > 1 ? $"{shown[^2]}.{last}" : last;
    }
}
