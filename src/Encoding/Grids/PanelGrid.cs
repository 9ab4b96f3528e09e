using CAManim.Native.Encoding.Images;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Grids;

/// <summary>Maps in labelled rows and columns, as one picture: methods over depth, targets over depth, local over global.</summary>
public sealed record PanelGrid
{
    /// <summary>One or more; labels may be empty.</summary>
    public required IReadOnlyList<PanelColumn> Columns { get; init; }

    /// <summary>One or more, each with a cell a column.</summary>
    public required IReadOnlyList<PanelRow> Rows { get; init; }

    /// <summary>A line over everything; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Longer side of a panel in pixels, 16 to 2048. Text grows with it.</summary>
    public int PanelSize { get; init; } = 128;

    /// <summary>Share of the colours over the picture, 0..1.</summary>
    public float Alpha { get; init; } = 0.5f;

    /// <summary>One of <see cref="ColorMaps.Names"/>.</summary>
    public string ColorMap { get; init; } = ColorMaps.Default;

    /// <summary>Dark text on white, for paper; else as the videos.</summary>
    public bool IsLight { get; init; }

    /// <summary>Pixels an inch that the file says it has, or null for none. With it text is of six points where panels have room for that.</summary>
    public int? DotsPerInch { get; init; }

    /// <summary>Draws the picture.</summary>
    /// <exception cref="ArgumentException">There is no row or column, a row has another number of cells, or the picture would be too large.</exception>
    public RgbImage Compose()
    {
        Check();
        return GridDrawing.Draw(this, new GridGeometry(this));
    }

    /// <summary>Writes the picture as a PNG, or where the path ends in .svg as an SVG with the text as text; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <exception cref="ArgumentException">As <see cref="Compose"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            Check();
            string svg = GridSvg.Write(this);
            using OutputFile vector = new(path);
            File.WriteAllText(vector.TemporaryPath, svg);
            vector.Commit();
            return;
        }

        RgbImage drawn = Compose();
        using OutputFile file = new(path);
        PngFile.Write(file.TemporaryPath, drawn, DotsPerInch);
        file.Commit();
    }

    /// <exception cref="ArgumentException">As <see cref="Compose"/>.</exception>
    internal void Check()
    {
        if (Rows.Count == 0 || Columns.Count == 0)
        {
            throw new ArgumentException($"A grid of {Rows.Count} rows and {Columns.Count} columns was asked for; at least one of each is needed.");
        }

        if (Rows.FirstOrDefault(r => r.Cells.Count != Columns.Count) is { } row)
        {
            throw new ArgumentException($"The row '{row.Label}' has {row.Cells.Count} cells; {Columns.Count} are expected, one a column.");
        }

        if (PanelSize is < 16 or > 2048)
        {
            throw new ArgumentException($"{nameof(PanelSize)} is {PanelSize}; it must be from 16 to 2048.");
        }
    }
}
