using System.Globalization;
using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Room for the texts around the data, measured before anything is drawn: nothing is cut off, nothing overlaps.</summary>
internal sealed class SeriesLayout
{
    public const float TickSize = 12;
    public const float LabelSize = 14;

    /// <summary>Degrees by which names are turned.</summary>
    public const float NameAngle = 50;

    private const float LargestTitle = 17;
    private const float SmallestTitle = 11;
    private const float TitleLine = 26;
    private const int TopMargin = 14;

    // Numbers, tick and label of the vertical axis; numbers, tick and label of the horizontal one.
    private const int LeftMargin = 76;
    private const int NumbersHeight = 46;
    private const int LabelHeight = 34;
    private const int TicksHeight = 16;
    private const int RightMargin = 24;

    // From the data to the first letter of the legend, and behind the last one.
    private const int LegendMargin = 84;
    private const float WidestLegend = 0.3f;
    private const float WidestName = 200;

    // Lines of turned names stand this far apart; numbers need more.
    private const int PixelsPerName = 20;
    private const int PixelsPerNumber = 60;

    private static readonly float Sine = MathF.Sin(NameAngle * MathF.PI / 180);
    private static readonly float Cosine = MathF.Cos(NameAngle * MathF.PI / 180);

    private readonly SeriesPlotOptions _options;
    private readonly bool _hasPanelTitles;
    private readonly int _panels;

    /// <param name="panels">What is drawn.</param>
    /// <param name="options">How it looks; the size is that of the whole.</param>
    /// <param name="frames">Places on the horizontal axis.</param>
    public SeriesLayout(IReadOnlyList<PlotPanel> panels, SeriesPlotOptions options, int frames)
    {
        (_options, _panels) = (options, panels.Count);
        _hasPanelTitles = panels.Any(p => p.Title.Length > 0);
        HasLegend = panels.Any(p => p.Series.Count > 1);
        float widest = options.Width * WidestLegend;
        Right = HasLegend ? LegendMargin + (int)MathF.Ceiling(panels.SelectMany(p => p.Series).Max(s => Width(LegendName(s.Name), TickSize))) : RightMargin;

        float highest = MathF.Min(WidestName, ((options.Height / (float)_panels / 2) - LabelHeight) / Sine);
        string[] names = options.FrameNames is null ? [] : [.. options.FrameNames.Take(frames).Select(n => End(n, highest))];
        float longest = names.Length == 0 ? 0 : names.Max(n => Width(n, TickSize));
        int mostLeft = Math.Max(LeftMargin, (int)MathF.Ceiling(longest * Cosine) + RightMargin);
        int most = Math.Max(2, (options.Width - mostLeft - Right) / (options.FrameNames is null ? PixelsPerNumber : PixelsPerName));
        int step = Step(frames, most, options.FrameNames is not null);
        Ticks = [.. Enumerable.Range(0, (frames + step - 1) / step).Select(i => i * step)];
        Names = [.. Ticks.Select(i => options.FrameNames is null ? i.ToString(CultureInfo.InvariantCulture) : i < names.Length ? names[i] : "")];

        // A turned name ends at its tick and begins so far left of it.
        float perFrame = (options.Width - mostLeft - Right) / (frames + 1f);
        float left = options.FrameNames is null ? 0 : Ticks.Zip(Names, (tick, name) => (Width(name, TickSize) * Cosine) + (TickSize / 2) - ((tick + 0.5f) * perFrame)).Max();
        Left = Math.Max(LeftMargin, (int)MathF.Ceiling(left));
        Bottom = options.FrameNames is null ? NumbersHeight : LabelHeight + (int)MathF.Ceiling((Names.Max(n => Width(n, TickSize)) * Sine) + (TickSize * Cosine));
    }

    public bool HasLegend { get; }

    /// <summary>Frames with a tick, and what stands there.</summary>
    public int[] Ticks { get; }

    public string[] Names { get; }

    /// <summary>Pixels left and right of the data, and below it on the last panel.</summary>
    public int Left { get; }

    public int Right { get; }

    public int Bottom { get; }

    /// <summary>What the legend calls a series: its name, or what fits of it.</summary>
    public string LegendName(string name) => Shorten(name, _options.Width * WidestLegend, TickSize);

    /// <summary>Pixels above the data of a panel.</summary>
    public int Top(int panel)
    {
        int lines = (panel == 0 && _options.Title is not null ? 1 : 0) + (_hasPanelTitles ? 1 : 0);
        return TopMargin + (int)(TitleLine * lines);
    }

    /// <summary>Pixels below the data of a panel: names stand under the last one only.</summary>
    public int Below(int panel) => panel == _panels - 1 ? Bottom : TicksHeight;

    /// <summary>Height of a panel: all have as much for their data.</summary>
    public int Height(int panel)
    {
        int around = Enumerable.Range(0, _panels).Sum(p => Top(p) + Below(p));
        return Math.Max(1, (_options.Height - around) / _panels) + Top(panel) + Below(panel);
    }

    /// <summary>Size of the letters in which a title, centred over the data, fits; and what fits of it.</summary>
    public (float Size, string Text) Title(string title)
    {
        float centre = (Left + _options.Width - Right) / 2f;
        float room = (2 * MathF.Min(centre, _options.Width - centre)) - RightMargin;
        float size = Math.Clamp(LargestTitle * room / MathF.Max(1, Width(title, LargestTitle)), SmallestTitle, LargestTitle);
        return (size, Shorten(title, room, size));
    }

    private static float Width(string text, float size) => StrokeTypeface.Measure(text) * size;

    private static string Shorten(string text, float width, float size) => TextFit.Shorten(text, shorter => Width(shorter, size) <= width);

    // Layers of one network begin alike.
    private static string End(string name, float width)
    {
        for (int left = 0; left < name.Length; left++)
        {
            string end = left == 0 ? name : $"\u2026{name[left..]}";
            if (Width(end, TickSize) <= width)
            {
                return end;
            }
        }

        return "";
    }

    // Names at every nth frame; numbers at round ones.
    private static int Step(int frames, int most, bool hasNames)
    {
        int least = Math.Max(1, (frames + most - 1) / most);
        if (hasNames)
        {
            return least;
        }

        for (int decade = 1; ; decade *= 10)
        {
            foreach (int digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (digit * decade >= least)
                {
                    return digit * decade;
                }
            }
        }
    }
}
