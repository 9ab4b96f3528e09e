using System.Globalization;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Layout;

/// <summary>
/// The layers' ROAD scores as a curve under the panels, with a marker at the frame's layer. The curve is drawn once into the still parts;
/// a frame gets its own copy of the plot's pixels with the marker in it, which also wipes the marker of whatever frame the buffer held before.
/// </summary>
internal sealed class ScoreCurve
{
    // A series of zeros is still a line at the bottom of a plot.
    private const float SmallestRange = 0.01f;

    private readonly float?[] _scores;
    private readonly FrameGeometry _geometry;
    private readonly uint[] _still;
    private readonly uint[] _pixels;
    private readonly float _low;
    private readonly float _high;
    private readonly float _radius;

    /// <param name="geometry">Has a place for the curve.</param>
    /// <param name="layers">The frames.</param>
    /// <param name="canvas">Gets title, labels and curve.</param>
    public ScoreCurve(FrameGeometry geometry, IReadOnlyList<LayerMap> layers, StillCanvas canvas)
    {
        FrameGeometry g = geometry;
        _geometry = g;
        _scores = [.. layers.Select(l => l.Road is { } road && float.IsFinite(road) ? l.Road : null)];
        _low = Math.Min(0, _scores.Min() ?? 0);
        _high = Math.Max(_low + SmallestRange, _scores.Max() ?? 0);
        _radius = Math.Max(2, g.Small / 4f);
        DrawLabels(canvas, layers);
        canvas.DrawBox(g.CurveX, g.CurveY, g.CurveWidth, g.CurveHeight, Theme.Plot);
        canvas.DrawBox(g.CurveX, g.CurveY + Math.Clamp((int)Y(0), 0, g.CurveHeight - 1), g.CurveWidth, 1, Theme.Groove);
        _still = new uint[g.CurveWidth * g.CurveHeight];
        for (int row = 0; row < g.CurveHeight; row++)
        {
            canvas.Pixels.AsSpan(((g.CurveY + row) * canvas.Width) + g.CurveX, g.CurveWidth).CopyTo(_still.AsSpan(row * g.CurveWidth));
        }

        float halfStroke = Math.Max(0.7f, g.Small / 14f);
        for (int i = 0; i < _scores.Length; i++)
        {
            if (_scores[i] is { } score)
            {
                // A lone score between gaps is a dot.
                int next = i + 1 < _scores.Length && _scores[i + 1] is not null ? i + 1 : i;
                Stroke(_still, X(i), Y(score), X(next), Y(_scores[next]!.Value), halfStroke, Theme.Primary);
            }
        }

        _pixels = new uint[_still.Length];
        canvas.DrawImage(g.CurveX, g.CurveY, g.CurveWidth, g.CurveHeight, _still);
    }

    /// <summary>The rows that change from frame to frame; the first is even.</summary>
    public (int First, int Count) Rows => (_geometry.CurveY, _geometry.CurveHeight);

    /// <summary>Whether there is a curve to draw: a score on at least one of several frames.</summary>
    public static bool IsNeeded(IReadOnlyList<LayerMap> layers) => layers.Count > 1 && layers.Any(l => l.Road is { } road && float.IsFinite(road));

    /// <summary>Draws the plot with the marker at a frame: a line through it, and a dot on the curve where the layer has a score.</summary>
    public void Draw(in FramePlanes target, int frame)
    {
        FrameGeometry g = _geometry;
        _still.CopyTo(_pixels, 0);
        Stroke(_pixels, X(frame), 0, X(frame), g.CurveHeight, 0.5f, Theme.Accent);
        if (_scores[frame] is { } score)
        {
            Stroke(_pixels, X(frame), Y(score), X(frame), Y(score), _radius, Theme.Accent);
        }

        FrameKernel.Fill(target, g.CurveX, g.CurveY, g.CurveWidth, g.CurveHeight, _pixels);
    }

    // Points lie far enough from the edges for the marker's dot.
    private float X(int frame) => _radius + 1 + (frame * (_geometry.CurveWidth - (2 * _radius) - 2) / Math.Max(1, _scores.Length - 1));

    private float Y(float score) => _radius + 1 + ((_high - score) / (_high - _low) * (_geometry.CurveHeight - (2 * _radius) - 2));

    private void DrawLabels(StillCanvas canvas, IReadOnlyList<LayerMap> layers)
    {
        FrameGeometry g = _geometry;
        TextStyle small = TextStyle.Of(g.Small);
        const string Label = "ROAD ";
        int indent = small.Measure(Label);
        canvas.DrawText(g.CurveX, g.CurveTitleY, g.CurveWidth, g.LineHeight, small, Label, Theme.Primary);
        int best = Array.IndexOf(_scores, _scores.Max());
        string highest = string.Create(CultureInfo.InvariantCulture, $"highest {_scores[best]:0.000} at ");
        (TextStyle style, string name) = TextFit.Fit(layers[best].Name, g.CurveWidth - indent - small.Measure(highest) - g.Gap, g.Small, g.Small);
        canvas.DrawText(g.CurveX + indent, g.CurveTitleY, g.CurveWidth - indent, g.LineHeight, style, highest + name, Theme.Secondary, right: true);

        int x = g.CurveX + g.CurveWidth + g.BarGap;
        int width = g.Margin + g.Content - x;
        int half = g.LineHeight / 2;
        End(_high, _radius + 1);
        End(_low, g.CurveHeight - _radius - 1);

        void End(float value, float y) => canvas.DrawText(x, g.CurveY + (int)y - half, width, g.LineHeight, small, Number(value), Theme.Secondary);
    }

    private static string Number(float value) => value == 0 ? "0" : value.ToString("0.000", CultureInfo.InvariantCulture);

    // A round-ended line; coverage of a pixel is what its centre's distance leaves of the stroke.
    private void Stroke(uint[] pixels, float x0, float y0, float x1, float y1, float halfWidth, uint color)
    {
        (int width, int height) = (_geometry.CurveWidth, _geometry.CurveHeight);
        (float dx, float dy) = (x1 - x0, y1 - y0);
        float length = Math.Max((dx * dx) + (dy * dy), float.Epsilon);
        int top = Math.Max(0, (int)(Math.Min(y0, y1) - halfWidth - 1));
        int bottom = Math.Min(height - 1, (int)(Math.Max(y0, y1) + halfWidth + 1));
        int left = Math.Max(0, (int)(Math.Min(x0, x1) - halfWidth - 1));
        int right = Math.Min(width - 1, (int)(Math.Max(x0, x1) + halfWidth + 1));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                (float px, float py) = (x + 0.5f - x0, y + 0.5f - y0);
                float t = Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1);
                float distance = MathF.Sqrt(((px - (t * dx)) * (px - (t * dx))) + ((py - (t * dy)) * (py - (t * dy))));
                float coverage = Math.Clamp(halfWidth + 0.5f - distance, 0, 1);
                if (coverage > 0)
                {
                    ref uint pixel = ref pixels[(y * width) + x];
                    pixel = PackedColor.Blend(color, pixel, FrameCaption.Weight((byte)MathF.Round(coverage * 255)));
                }
            }
        }
    }
}
