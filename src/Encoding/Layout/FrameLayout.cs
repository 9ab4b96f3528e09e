using System.Globalization;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Layout;

/// <summary>Draws the frames of one video. Not for two threads at once.</summary>
internal sealed class FrameLayout
{
    private readonly IReadOnlyList<LayerMap> _layers;
    private readonly FrameGeometry _geometry;
    private readonly VideoOptions _options;
    private readonly FramePanel _panel;
    private readonly StillCanvas _still;
    private readonly FrameScratch _scratch = new();
    private readonly FramePlace[] _places;
    private readonly CaptionStrip _number;
    private readonly CaptionStrip _layer;
    private readonly CaptionStrip _class;
    private readonly CaptionStrip? _range;
    private readonly CaptionStrip _progress;
    private readonly ScoreCurve? _curve;
    private readonly FrameCaption[] _captions;
    private readonly (float Minimum, float Maximum) _global;

    public FrameLayout(RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions options)
    {
        options.Check();
        FrameGeometry g = new(image.Width, image.Height, options, ScoreCurve.IsNeeded(layers));
        (_layers, _options, _geometry) = (layers, options, g);
        _global = GlobalRange(layers, options);
        uint[] pixels = PanelImage.Resize(image, g.PanelWidth, g.PanelHeight);
        _panel = new FramePanel(g.PanelWidth, g.PanelHeight, pixels, ColorMaps.Get(options.ColorMap), options.Alpha);
        _places = new FramePlace[g.MapPanels];
        _still = StillParts.Draw(g, options, pixels, _panel.Table, _global);
        _curve = g.CurveHeight > 0 ? new ScoreCurve(g, layers, _still) : null;

        int numberWidth = (TextStyle.Of(g.Small).Measure($"{layers.Count} / {layers.Count}") + 7) / 2 * 2;
        _number = new CaptionStrip(g.Margin + g.Content - numberWidth, g.TitleY, numberWidth, g.LineHeight, Theme.Secondary, Theme.Background);
        _layer = new CaptionStrip(g.Margin, g.LayerY, g.Content, g.LargeLineHeight, Theme.Primary, Theme.Background);
        _class = new CaptionStrip(g.Margin, g.ClassY, g.Content, g.LineHeight, Theme.Secondary, Theme.Background);
        _progress = new CaptionStrip(g.Margin, g.ProgressY, g.Content, g.ProgressHeight, Theme.Accent, Theme.Groove);
        if (options.View != NormalisationView.Global)
        {
            int labelWidth = (TextStyle.Of(g.Small).Measure("local ") + 5) / 2 * 2;
            int x = g.PanelX[g.Panels - g.MapPanels];
            int width = ((g.PanelWidth + 1) / 2 * 2) - labelWidth;

            // A panel that is narrower than its title has no room for a range.
            _range = width <= 0 ? null : new CaptionStrip(x + labelWidth, g.PanelTitleY, width, g.LineHeight, Theme.Secondary, Theme.Background);
        }

        _captions = new FrameCaption[_range is null ? 4 : 5];
    }

    public int Width => _geometry.Width;

    public int Height => _geometry.Height;

    /// <summary>Rows and columns that hold picture rather than text.</summary>
    public (int X, int Y, int Width, int Height) PictureArea =>
        (_geometry.PanelX[0], _geometry.PanelY, _geometry.BarX + _geometry.BarWidth - _geometry.PanelX[0], _geometry.PanelHeight);

    /// <summary>The colour map's 256 packed colours as the bar shows them.</summary>
    public IEnumerable<uint> BarColors => _panel.Table.Select(color => PackedColor.Blend(color, Theme.MiddleGrey, _panel.Weight));

    /// <summary>Draws a small frame of no meaning, so that the code is compiled and the usual letters are rasterised.</summary>
    public static void Rehearse(FrameFormat format)
    {
        RgbImage image = new(224, 224, new byte[224 * 224 * 3]);
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-_#";
        LayerMap layer = new() { Name = Letters, ModuleClass = Letters, Channels = 1, Height = 1, Width = 1, Map = new float[1], SignedMap = new float[1], Minimum = 0, Maximum = 0, Road = 0 };
        FrameLayout layout = new(image, [layer], new VideoOptions { Title = Letters, Target = Letters, Probability = 0 });
        int size = FramePlanes.BytesPerPixel(format);
        (int chromaWidth, int chromaHeight) = FramePlanes.ChromaSize(format, layout.Width, layout.Height);
        byte[] pixels = new byte[layout.Width * layout.Height * size];
        byte[] chroma = new byte[chromaWidth * chromaHeight];
        FramePlanes planes = new(format, layout.Width, layout.Height, pixels, layout.Width * size, chroma, chroma, chromaWidth);
        layout.DrawStillParts(planes);
        layout.Draw(planes, 0);
    }

    /// <summary>Draws what is the same in all frames; once a buffer.</summary>
    public void DrawStillParts(in FramePlanes target) => FrameKernel.Fill(target, 0, 0, _still.Width, _still.Height, _still.Pixels);

    /// <summary>Draws what belongs to one layer over the still parts.</summary>
    public void Draw(in FramePlanes target, int frame)
    {
        LayerMap layer = _layers[frame];
        WriteCaptions(layer, frame);
        FramePlace local = new(0, _geometry.PanelY, layer.Minimum, layer.Maximum);
        FramePlace global = new(0, _geometry.PanelY, _global.Minimum, _global.Maximum);
        int first = _geometry.Panels - _geometry.MapPanels;
        for (int i = 0; i < _places.Length; i++)
        {
            bool isLocal = _options.View == NormalisationView.Local || (_options.View == NormalisationView.Both && i == 0);
            _places[i] = (isLocal ? local : global) with { X = _geometry.PanelX[first + i] };
        }

        FrameKernel.Compose(target, new FrameMap(layer.Map.Span, layer.Height, layer.Width), _panel, _places, _captions, _scratch);
        _curve?.Draw(target, frame);
    }

    private void WriteCaptions(LayerMap layer, int frame)
    {
        FrameGeometry g = _geometry;
        TextStyle small = TextStyle.Of(g.Small);
        _number.Clear();
        _number.Right(small, $"{frame + 1} / {_layers.Count}");

        _layer.Clear();
        (TextStyle style, string name) = TextFit.Fit(layer.Name, g.Content - 4, g.Large, g.Small, isBold: true);
        _layer.Left(style, name);

        string score = layer.Road is float road ? string.Create(CultureInfo.InvariantCulture, $"ROAD {road:0.000}") : "";
        string shape = $"{layer.ModuleClass} \u00b7 {layer.Channels} \u00d7 {layer.Height} \u00d7 {layer.Width}";
        (style, shape) = TextFit.Fit(shape, g.Content - small.Measure(score) - g.Gap, g.Small, g.Small);
        _class.Clear();
        _class.Left(style, shape);
        _class.Right(small, score);

        _progress.Clear();
        _progress.Fill((int)((long)g.Content * (frame + 1) / _layers.Count));
        if (_range is not null)
        {
            _range.Clear();
            string range = StillParts.Range(layer.Minimum, layer.Maximum);
            _range.Right(small, small.Measure(range) <= _range.Width ? range : "");
            _captions[4] = _range.Caption;
        }

        (_captions[0], _captions[1], _captions[2], _captions[3]) = (_number.Caption, _layer.Caption, _class.Caption, _progress.Caption);
    }

    public static (float Minimum, float Maximum) GlobalRange(IReadOnlyList<LayerMap> layers, VideoOptions options)
    {
        (float minimum, float maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (LayerMap layer in layers)
        {
            minimum = float.IsFinite(layer.Minimum) ? Math.Min(minimum, layer.Minimum) : minimum;
            maximum = float.IsFinite(layer.Maximum) ? Math.Max(maximum, layer.Maximum) : maximum;
        }

        return (float.IsNaN(options.GlobalMinimum) ? minimum : options.GlobalMinimum, float.IsNaN(options.GlobalMaximum) ? maximum : options.GlobalMaximum);
    }
}
