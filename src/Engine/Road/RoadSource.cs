using System.Buffers;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Engine.Road.Pipeline;
using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Engine.Road;

/// <summary>Masked, imputed and noisy images of all maps: map by map, percentile by percentile, most before least relevant first, trial by trial.</summary>
internal sealed class RoadSource : IImageSource<RoadItem>
{
    private readonly float[] _image;
    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _classIndex;
    private readonly RoadOptions _options;
    private readonly IReadOnlyList<ScoredMap> _maps;
    private readonly IImputer _imputer;
    private readonly Action<ScoredMap> _report;
    private readonly RemovalMasks _masks;
    private readonly int _pixels;
    private readonly List<RoadPart> _parts = [];
    private int _map = -1;
    private int _step;
    private int _trial;
    private int _reported;

    /// <param name="image">[C,H,W].</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="classIndex">The class whose score is taken.</param>
    /// <param name="options">Percentiles, noise, trials.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="imputer">Fills removed pixels.</param>
    /// <param name="report">Told of each map that is finished, in order, on the thread of the run.</param>
    public RoadSource(
        float[] image, int channels, int height, int width, int classIndex, RoadOptions options, IReadOnlyList<ScoredMap> maps, IImputer imputer, Action<ScoredMap> report)
    {
        (_image, _channels, _height, _width, _classIndex) = (image, channels, height, width, classIndex);
        (_options, _maps, _imputer, _report) = (options, maps, imputer, report);
        _masks = RemovalMasks.Create(options.Mode, height, width);
        _pixels = height * width;
    }

    private int Steps => 2 * _options.Percentiles.Count;

    /// <inheritdoc/>
    public int Parts => _parts.Count;

    /// <inheritdoc/>
    public int Choose(Span<RoadItem> items)
    {
        _parts.Clear();
        if ((_map < 0 || _step == Steps) && !TryLoadNext())
        {
            return 0;
        }

        int count = 0;
        while (_step < Steps && count < items.Length)
        {
            int trials = Math.Min(_options.Trials - _trial, items.Length - count);
            _parts.Add(new RoadPart(_step, _trial, trials, count));
            for (int end = _trial + trials; _trial < end; _trial++)
            {
                items[count++] = new RoadItem(_maps[_map], _step, _trial);
            }

            if (_trial == _options.Trials)
            {
                _trial = 0;
                _step++;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(int part, Span<float> images)
    {
        RoadPart p = _parts[part];
        ScoredMap map = _maps[_map];
        double percentile = _options.Percentiles[p.Step / 2];
        bool isMostFirst = p.Step % 2 == 0;
        byte[] rented = ArrayPool<byte>.Shared.Rent(_pixels);
        try
        {
            Span<byte> removed = rented.AsSpan(0, _pixels);
            Removal removal = _masks.Fill(percentile, isMostFirst, removed);
            map.SetRemoval(p.Step, removal);

            // The trials' images differ by their noise alone.
            Span<float> first = images.Slice(p.Image * _image.Length, _image.Length);
            Impute(removed, removal.Count, first);
            for (int n = p.Trials - 1; n >= 0; n--)
            {
                Span<float> image = images.Slice((p.Image + n) * _image.Length, _image.Length);
                if (n > 0)
                {
                    first.CopyTo(image);
                }

                if (_options.Noise > 0)
                {
                    ImputationNoise.Add(image, removed, _options.Noise, RoadNoise.Key(_options.Seed, p.FirstTrial + n, map.NoiseLayer, percentile, isMostFirst));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public void Accept(RoadItem item, ReadOnlySpan<float> logits) => item.Map.SetScore(item.Step, item.Trial, ClassScore.Of(_options.Activation, logits, _classIndex));

    /// <inheritdoc/>
    public void EndBatch()
    {
        while (_reported < _maps.Count && _maps[_reported].IsDone)
        {
            _report(_maps[_reported++]);
        }
    }

    private bool TryLoadNext()
    {
        _step = 0;
        while (++_map < _maps.Count)
        {
            string? reason = _masks.Load(_maps[_map].Layers[0]);
            if (reason is null)
            {
                return true;
            }

            _maps[_map].Skip(reason);
        }

        // Stays at the end, should it be asked again.
        _map = _maps.Count - 1;
        _step = Steps;
        return false;
    }

    private void Impute(ReadOnlySpan<byte> removed, int count, Span<float> result)
    {
        if (count == _pixels)
        {
            // The system has no solution; the Python code goes on with zeros.
            result.Clear();
        }
        else if (count == 0)
        {
            _image.CopyTo(result);
        }
        else
        {
            _imputer.Impute(_image, removed, _channels, _height, _width, result);
        }
    }
}
