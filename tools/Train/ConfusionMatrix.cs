using Spectre.Console;

namespace CAManim.Native.Train;

/// <summary>Counts of what was there (rows) against what the network said (columns).</summary>
internal sealed class ConfusionMatrix(IReadOnlyList<string> classNames)
{
    private readonly int[,] _counts = new int[classNames.Count, classNames.Count];

    /// <summary>Share of right answers; 0 before the first.</summary>
    public double Accuracy
    {
        get
        {
            int right = 0, all = 0;
            for (int i = 0; i < classNames.Count; i++)
            {
                right += _counts[i, i];
                for (int j = 0; j < classNames.Count; j++)
                {
                    all += _counts[i, j];
                }
            }

            return all == 0 ? 0 : (double)right / all;
        }
    }

    /// <summary>Counts an answer.</summary>
    public void Add(int expected, int answered) => _counts[expected, answered]++;

    /// <summary>Prints the matrix as a table.</summary>
    public void Print(IAnsiConsole console)
    {
        Table table = new Table().Title("rows: drawn, columns: answered").AddColumn("");
        foreach (string name in classNames)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        for (int i = 0; i < classNames.Count; i++)
        {
            int row = i;
            table.AddRow([classNames[i], .. Enumerable.Range(0, classNames.Count).Select(j => $"{_counts[row, j]}")]);
        }

        console.Write(table);
    }
}
