using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Maps;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Files;

/// <summary>A file of the layers that are finished, so that a series that was stopped can go on: one line of JSON a layer, appended at once.</summary>
/// <remarks>
/// <c>{"key":"...","layer":{...}}</c>, the layer as in <see cref="RoadJson"/>. The key is a hash of what decides a score: input, maps, class and
/// options; a file may hold several series. A last line that was cut off is passed over.
/// </remarks>
public sealed class RoadJournal
{
    private readonly string _path;
    private readonly List<(string Key, LayerRoad Layer)> _layers = [];

    private RoadJournal(string path) => _path = path;

    /// <summary>Keys of the series in the file, in the order in which they were begun.</summary>
    public IReadOnlyList<string> Keys => [.. _layers.Select(l => l.Key).Distinct()];

    /// <summary>Opens a file, or begins one where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CamException">It holds something else.</exception>
    /// <exception cref="IOException">It cannot be read, or is no file (a pipe, a device).</exception>
    public static RoadJournal Open(string path)
    {
        RoadJournal journal = new(path);
        FileKind.CheckReadable(path);
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                using JsonDocument line = JsonDocument.Parse(lines[i]);
                journal._layers.Add(Read(line.RootElement));
            }
            catch (JsonException) when (i > 0 && i == lines.Length - 1)
            {
                // Cut off; what is appended must not stand behind it.
                File.WriteAllLines(path, lines[..i]);
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                throw new CamException($"Line {i + 1} of '{path}' is not a layer of an unfinished ybROAD: {error.Message} Give the file of a run that was stopped, or a name that is not taken.", error);
            }
        }

        return journal;
    }

    /// <summary>What the scores of a series depend on, as 64 hexadecimal digits.</summary>
    /// <param name="input">[1,C,H,W].</param>
    /// <param name="maps">The maps.</param>
    /// <param name="options">How they are scored; batch size and overlapping do not count.</param>
    /// <exception cref="CamException">The input's size is not that of the maps.</exception>
    public static string Key(Tensor input, CamResult maps, RoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(options);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(FormattableString.Invariant($"{options.Mode} {options.Precision} {options.Noise:R} {options.Seed} {options.Trials} {string.Join(' ', options.Percentiles)} {maps.ClassIndex} {ClassScore.Choose(options.Activation, maps)}"));
        hash.AppendData(MemoryMarshal.AsBytes<float>(InputPixels.Read(input, maps)));
        foreach (LayerMap map in maps.Frames)
        {
            Add(FormattableString.Invariant($"{map.Name} {map.Height} {map.Width}"));
            hash.AppendData(MemoryMarshal.AsBytes(map.SignedMap.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>The layers of a series that are in the file.</summary>
    public IReadOnlyList<LayerRoad> Finished(string key) => [.. _layers.Where(l => l.Key == key).GroupBy(l => l.Layer.Name).Select(g => g.Last().Layer)];

    /// <summary>Appends a layer.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string key, LayerRoad layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WritePropertyName("layer");
            RoadJson.WriteLayer(json, layer);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        using FileStream file = new(_path, FileMode.Append);
        line.WriteTo(file);
        _layers.Add((key, layer));
    }

    /// <summary>Removes the file: the series are done.</summary>
    public void Remove() => File.Delete(_path);

    // The file may be a stranger's: what the scores go on with is looked at, as what is computed is.
    private static (string Key, LayerRoad Layer) Read(JsonElement line)
    {
        string key = line.GetProperty("key").GetString() ?? throw new FormatException("its key is null.");
        LayerRoad layer = RoadJson.ReadLayer(line.GetProperty("layer"));
        if (layer.Name is null)
        {
            throw new FormatException("its layer has no name.");
        }

        bool isFinite = layer.Road is null or (> float.NegativeInfinity and < float.PositiveInfinity)
            && layer.Trials.All(float.IsFinite)
            && layer.Percentiles.All(p => double.IsFinite(p.Percentile));
        return isFinite && (layer.Road is not null || layer.Reason is not null)
            ? (key, layer)
            : throw new FormatException($"the layer '{layer.Name}' has neither a score nor a reason for having none, or a score that is no number.");
    }
}
