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
    private readonly byte[] _removed;
    private readonly float[]? _imputed;
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
        _removed = new byte[height * width];

        // Trials differ in their noise alone, so that an image is imputed once for all of them.
        _imputed = options.Trials > 1 ? new float[image.Length] : null;
    }

    private int Steps => 2 * _options.Percentiles.Count;

    /// <inheritdoc/>
    public bool TryWrite(Span<float> image, out RoadItem item)
    {
        if ((_map < 0 || _step == Steps) && !TryLoadNext())
        {
            item = default;
            return false;
        }

        ScoredMap map = _maps[_map];
        double percentile = _options.Percentiles[_step / 2];
        bool isMostFirst = _step % 2 == 0;
        if (_trial == 0)
        {
            Removal removal = _masks.Fill(percentile, isMostFirst, _removed);
            map.SetRemoval(_step, removal);
            Impute(removal.Count, _imputed is null ? image : _imputed);
        }

        _imputed?.CopyTo(image);
        if (_options.Noise > 0)
        {
            NoiseKey key = RoadNoise.Key(_options.Seed, _trial, map.Layers[0].Name, percentile, isMostFirst);
            ImputationNoise.Add(image, _removed, _options.Noise, key);
        }

        item = new RoadItem(map, _step, _trial);
        if (++_trial == _options.Trials)
        {
            _trial = 0;
            _step++;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Accept(RoadItem item, ReadOnlySpan<float> logits) => item.Map.SetScore(item.Step, item.Trial, ClassScore.Of(logits, _classIndex));

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

    private void Impute(int removed, Span<float> result)
    {
        if (removed == _removed.Length)
        {
            // The system has no solution; the Python code goes on with zeros.
            result.Clear();
        }
        else if (removed == 0)
        {
            _image.CopyTo(result);
        }
        else
        {
            _imputer.Impute(_image, _removed, _channels, _height, _width, result);
        }
    }
}
