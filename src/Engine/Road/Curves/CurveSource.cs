using CAManim.Native.Engine.Road.Baselines;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Engine.Road.Pipeline;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Road.Curves;

/// <summary>For each map the images of both curves, in the order of their points: deletion, then insertion.</summary>
internal sealed class CurveSource : IImageSource<(int Map, int Point)>
{
    private readonly float[] _image;
    private readonly float[] _blurred;
    private readonly IReadOnlyList<LayerMap> _maps;
    private readonly int _classIndex;
    private readonly ScoreActivation _activation;
    private readonly int _steps;
    private readonly int _pixels;
    private readonly ExactMasks _masks;
    private int _map = -1;
    private int _point;
    private int _first;

    /// <param name="image">[C,H,W].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="classIndex">The class whose score is taken.</param>
    /// <param name="activation">How it becomes one.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="options">Steps and blur.</param>
    public CurveSource(float[] image, int height, int width, int classIndex, ScoreActivation activation, IReadOnlyList<LayerMap> maps, CurveOptions options)
    {
        (_image, _maps, _classIndex, _activation, _steps, _pixels) = (image, maps, classIndex, activation, options.Steps, height * width);
        _masks = new ExactMasks(height, width);
        _blurred = [.. image];
        for (int start = 0; start < image.Length; start += _pixels)
        {
            GaussianBlur.Blur(_blurred.AsSpan(start, _pixels), height, width, options.BlurSigma);
        }

        _point = Points;
        Scores = new float[maps.Count][];
        Reasons = new string?[maps.Count];
    }

    /// <summary>Of each map the scores of deletion, then of insertion; null where the map ranks no pixels.</summary>
    public float[]?[] Scores { get; }

    /// <summary>Why a map has no scores.</summary>
    public string?[] Reasons { get; }

    private int Points => 2 * (_steps + 1);

    /// <inheritdoc/>
    public int Parts { get; private set; }

    /// <inheritdoc/>
    public int Choose(Span<(int Map, int Point)> items)
    {
        Parts = 0;
        if (_point == Points && !TryLoadNext())
        {
            return 0;
        }

        for (_first = _point; _point < Points && Parts < items.Length; _point++)
        {
            items[Parts++] = (_map, _point);
        }

        return Parts;
    }

    /// <inheritdoc/>
    public void Write(int part, Span<float> images)
    {
        Span<float> image = images.Slice(part * _image.Length, _image.Length);
        int point = _first + part;
        bool isInsertion = point > _steps;
        int count = (int)((long)_pixels * (point % (_steps + 1)) / _steps);
        ReadOnlySpan<float> behind = isInsertion ? _blurred : _image;
        behind.CopyTo(image);
        for (int rank = _pixels - count; rank < _pixels; rank++)
        {
            for (int i = _masks.PositionAt(rank); i < image.Length; i += _pixels)
            {
                image[i] = isInsertion ? _image[i] : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Accept((int Map, int Point) item, ReadOnlySpan<float> logits) => Scores[item.Map]![item.Point] = ClassScore.Of(_activation, logits, _classIndex);

    /// <inheritdoc/>
    public void EndBatch()
    {
    }

    private bool TryLoadNext()
    {
        while (_map + 1 < _maps.Count)
        {
            Reasons[++_map] = _masks.Load(_maps[_map]);
            if (Reasons[_map] is null)
            {
                Scores[_map] = new float[Points];
                _point = 0;
                return true;
            }
        }

        return false;
    }
}
