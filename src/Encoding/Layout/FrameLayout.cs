using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Layout;

/// <summary>Draws the frames of one video. Not for two threads at once.</summary>
internal sealed class FrameLayout
{
    private readonly IReadOnlyList<MapSeries> _series;
    private readonly IReadOnlyList<LayerMap> _layers;
    private readonly FrameGeometry _geometry;
    private readonly FramePanel _panel;
    private readonly (int X, int Y) _map;
    private readonly StillCanvas _still;
    private readonly FrameScratch _scratch = new();
    private readonly FrameTile[][] _tiles;
    private readonly FramePlace[][] _places;
    private readonly CaptionStrip _number;
    private readonly CaptionStrip _layer;
    private readonly CaptionStrip _class;
    private readonly CaptionStrip _progress;
    private readonly TileRange[] _ranges;
    private readonly ScoreCurve? _curve;
    private readonly FrameCaption[] _captions;
    private readonly (float Minimum, float Maximum)[] _global;

    public FrameLayout(RgbImage image, IReadOnlyList<MapSeries> series, VideoOptions options)
    {
        options.Check();
        (_series, _layers) = (series, series[0].Layers);
        FrameGeometry g = FrameGeometry.For(image.Width, image.Height, options, series.Count == 1 && ScoreCurve.IsNeeded(_layers), series.Count);
        _geometry = g;
        _global = [.. series.Select(s => s.GlobalRange())];
        PanelPicture picture = new(image, options.MapArea, g.PanelWidth, g.PanelHeight, ColorMaps.Get(options.ColorMap), options.Alpha, Theme.Background);
        (_panel, _map) = (picture.Map, (picture.X, picture.Y));
        _tiles = [.. series.Select((_, i) => g.Grid.Tiles.Where(t => t.Series == i).ToArray())];
        _places = [.. _tiles.Select(t => new FramePlace[t.Length])];
        TileTitle[] titles = [.. g.Grid.Tiles.Select(t => TileTitle.Make(t, series, options, g))];
        _still = StillParts.Draw(g, options, picture, titles);
        _curve = g.CurveHeight > 0 ? new ScoreCurve(g, _layers, _still) : null;

        int numberWidth = (TextStyle.Of(g.Small).Measure($"{_layers.Count} / {_layers.Count}") + 7) / 2 * 2;
        _number = new CaptionStrip(g.Margin + g.Content - numberWidth, g.TitleY, numberWidth, g.LineHeight, Theme.Secondary, Theme.Background);
        _layer = new CaptionStrip(g.Margin, g.LayerY, g.Content, g.LargeLineHeight, Theme.Primary, Theme.Background);
        _class = new CaptionStrip(g.Margin, g.ClassY, g.Content, g.LineHeight, Theme.Secondary, Theme.Background);
        _progress = new CaptionStrip(g.Margin, g.ProgressY, g.Content, g.ProgressHeight, Theme.Accent, Theme.Groove);
        _ranges = [.. g.Grid.Tiles.Zip(titles).Where(t => !t.First.IsPicture).Select(t => TileRange.TryMake(t.First, t.Second, g, series.Count > 1)).OfType<TileRange>()];
        _captions = new FrameCaption[4 + _ranges.Length];
    }

    /// <summary>A video of one series, whose panels are titled by their normalisation.</summary>
    public FrameLayout(RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions options)
        : this(image, [Series(layers, options)], options)
    {
    }

    public int Width => _geometry.Width;

    public int Height => _geometry.Height;

    /// <summary>Rectangles that hold picture rather than text.</summary>
    public IEnumerable<(int X, int Y, int Width, int Height)> PictureAreas =>
        _geometry.Grid.Tiles.Select(t => (_geometry.PanelX[t.Column], _geometry.RowY(t.Row), _geometry.PanelWidth, _geometry.PanelHeight))
            .Append((_geometry.BarX, _geometry.PanelY, _geometry.BarWidth, _geometry.PanelsHeight));

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

    /// <summary>What draws this video's maps on a device.</summary>
    public DeviceComposer ComposerOn(KernelDevice device) => new(device, _panel, _series.Max(series => series.Layers.Max(layer => layer.Map.Length)));

    /// <summary>Draws what belongs to one layer over the still parts.</summary>
    public void Draw(in FramePlanes target, int frame)
    {
        WriteCaptions(_layers[frame], frame);
        for (int i = 0; i < _series.Count; i++)
        {
            LayerMap layer = Place(i, frame);
            FrameKernel.Compose(target, new FrameMap(layer.Map.Span, layer.Height, layer.Width), _panel, _places[i], i == 0 ? _captions : [], _scratch);
        }

        _curve?.Draw(target, frame);
    }

    /// <summary>The same, the maps on a device.</summary>
    public void Draw(FrameBuffer target, int frame, DeviceComposer composer)
    {
        WriteCaptions(_layers[frame], frame);
        for (int i = 0; i < _series.Count; i++)
        {
            composer.Compose(target.DevicePlanes, Place(i, frame), _places[i], i == 0 ? _captions : []);
        }

        _curve?.Draw(target.Planes, frame);
    }

    /// <summary>The same, the whole frame in the memory of the device.</summary>
    public void Draw(DeviceFrame target, int frame, DeviceComposer composer)
    {
        WriteCaptions(_layers[frame], frame);
        if (!target.IsHostDrawn)
        {
            DrawStillParts(target.Host);
            target.IsHostDrawn = true;
        }

        _curve?.Draw(target.Host, frame);
        (int first, int count) = target.HasStillParts ? _curve?.Rows ?? default : (0, Height);
        if (count > 0)
        {
            target.Upload(first, count);
            target.HasStillParts = true;
        }

        for (int i = 0; i < _series.Count; i++)
        {
            composer.Compose(target.Planes, Place(i, frame), _places[i], i == 0 ? _captions : []);
        }
    }

    /// <summary>One series as a video of its own has it.</summary>
    public static MapSeries Series(IReadOnlyList<LayerMap> layers, VideoOptions options) =>
        new("", layers) { GlobalMinimum = options.GlobalMinimum, GlobalMaximum = options.GlobalMaximum };

    /// <summary>Puts the places of a series where and how this frame has them.</summary>
    private LayerMap Place(int series, int frame)
    {
        LayerMap layer = _series[series].Layers[frame];
        FramePlace[] places = _places[series];
        for (int k = 0; k < places.Length; k++)
        {
            FrameTile tile = _tiles[series][k];
            (float minimum, float maximum) = Range(tile, layer);
            places[k] = new FramePlace(_geometry.PanelX[tile.Column] + _map.X, _geometry.RowY(tile.Row) + _map.Y, minimum, maximum);
        }

        return layer;
    }

    private (float Minimum, float Maximum) Range(FrameTile tile, LayerMap layer) => tile.IsLocal ? (layer.Minimum, layer.Maximum) : _global[tile.Series];

    private void WriteCaptions(LayerMap layer, int frame)
    {
        FrameGeometry g = _geometry;
        TextStyle small = TextStyle.Of(g.Small);
        _number.Clear();
        _number.Right(small, $"{frame + 1} / {_layers.Count}");

        _layer.Clear();
        (TextStyle style, string name) = TextFit.Fit(layer.Name, g.Content - 4, g.Large, g.Small, isBold: true);
        _layer.Left(style, name);

        // Scores of several series stand over their panels.
        string score = layer.Road is float road && _series.Count == 1 ? TileRange.Score(road) : "";
        string shape = $"{layer.ModuleClass} \u00b7 {layer.Channels} \u00d7 {layer.Height} \u00d7 {layer.Width}";
        (style, shape) = TextFit.Fit(shape, g.Content - small.Measure(score) - g.Gap, g.Small, g.Small);
        _class.Clear();
        _class.Left(style, shape);
        _class.Right(small, score);

        _progress.Clear();
        _progress.Fill((int)((long)g.Content * (frame + 1) / _layers.Count));
        (_captions[0], _captions[1], _captions[2], _captions[3]) = (_number.Caption, _layer.Caption, _class.Caption, _progress.Caption);
        for (int i = 0; i < _ranges.Length; i++)
        {
            LayerMap map = _series[_ranges[i].Tile.Series].Layers[frame];
            _captions[4 + i] = _ranges[i].Write(map, Range(_ranges[i].Tile, map));
        }
    }
}
