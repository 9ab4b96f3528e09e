using System.Text.Json;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Road.Files;

/// <summary>Writes and reads a series as JSON.</summary>
/// <remarks>
/// One object: <c>mode</c>, <c>precision</c>, <c>percentiles</c>, <c>noise</c>, <c>seed</c>, <c>trials</c>, <c>activation</c>, <c>classIndex</c>, <c>probability</c>;
/// <c>frames</c> in frame order, each with <c>name</c>, <c>parameters</c>, <c>road</c> (null with its <c>reason</c>), <c>sameAs</c>,
/// <c>deviation</c>, <c>trials</c> and <c>percentiles</c> (<c>percentile</c>, and for <c>most</c> and <c>least</c> relevant first
/// <c>score</c>, <c>removed</c>, <c>threshold</c>, <c>trials</c>); then <c>mean</c>, <c>deviation</c>, <c>max</c>, <c>maxLayer</c>,
/// <c>finalLayer</c>, <c>finalLayerRoad</c>, <c>differenceToFinal</c>. Numbers are written so that they read back to the same bits;
/// what is not a number is null.
/// </remarks>
public static class RoadJson
{
    /// <summary>Writes a series as UTF-8.</summary>
    /// <param name="result">The series.</param>
    /// <param name="stream">Written, not closed.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(YbRoadResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(stream);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("mode", result.Options.Mode == RoadMode.Exact ? "exact" : "reference");
        json.WriteString("precision", result.Options.Precision == Precision.Float32 ? "float32" : "bfloat16");
        WriteNumbers(json, "percentiles", result.Options.Percentiles);
        WriteNumber(json, "noise", result.Options.Noise);
        json.WriteNumber("seed", result.Options.Seed);
        json.WriteNumber("trials", result.Options.Trials);
        json.WriteString("activation", result.Options.Activation.ToString().ToLowerInvariant());
        json.WriteNumber("classIndex", result.ClassIndex);
        WriteNumber(json, "probability", result.Probability);
        json.WriteStartArray("frames");
        foreach (LayerRoad layer in result.Layers)
        {
            WriteLayer(json, layer);
        }

        json.WriteEndArray();
        WriteNumber(json, "mean", result.Mean);
        WriteNumber(json, "deviation", result.Deviation);
        WriteNumber(json, "max", result.Max);
        json.WriteString("maxLayer", result.MaxLayer);
        json.WriteString("finalLayer", result.FinalLayer);
        WriteNumber(json, "finalLayerRoad", result.FinalLayerRoad);
        WriteNumber(json, "differenceToFinal", result.DifferenceToFinal);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">Read to its end, not closed.</param>
    /// <exception cref="CamException">The content is not such a file.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static YbRoadResult Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            return new YbRoadResult
            {
                Layers = [.. root.GetProperty("frames").EnumerateArray().Select(ReadLayer)],
                Options = new RoadOptions
                {
                    Mode = Enum.Parse<RoadMode>(root.GetProperty("mode").GetString()!, ignoreCase: true),
                    Precision = ReadText(root, "precision") is { } precision ? Enum.Parse<Precision>(precision, ignoreCase: true) : Precision.Float32,
                    Activation = ReadText(root, "activation") is { } activation ? Enum.Parse<ScoreActivation>(activation, ignoreCase: true) : ScoreActivation.Softmax,
                    Percentiles = [.. root.GetProperty("percentiles").EnumerateArray().Select(p => p.GetDouble())],
                    Noise = root.GetProperty("noise").GetSingle(),
                    Seed = root.GetProperty("seed").GetUInt64(),
                    Trials = root.GetProperty("trials").GetInt32(),
                },
                ClassIndex = root.GetProperty("classIndex").GetInt32(),
                Probability = ReadNumber(root, "probability") ?? float.NaN,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CamException($"This is not a ybROAD file: {error.Message} A JSON file written by this program is expected; write it again.", error);
        }
    }

    /// <summary>A layer as it stands in <c>frames</c>.</summary>
    internal static void WriteLayer(Utf8JsonWriter json, LayerRoad layer)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Name);
        json.WriteNumber("parameters", layer.Parameters);
        WriteNumber(json, "road", layer.Road);
        if (layer.Reason is not null)
        {
            json.WriteString("reason", layer.Reason);
        }

        if (layer.SameAs is not null)
        {
            json.WriteString("sameAs", layer.SameAs);
        }

        if (layer.Deviation is not null)
        {
            WriteNumber(json, "deviation", layer.Deviation);
        }

        WriteNumbers(json, "trials", layer.Trials.Select(t => (double)t));
        json.WriteStartArray("percentiles");
        foreach (PercentileRoad percentile in layer.Percentiles)
        {
            json.WriteStartObject();
            json.WriteNumber("percentile", percentile.Percentile);
            WriteStep(json, "most", percentile.MostFirst);
            WriteStep(json, "least", percentile.LeastFirst);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, string name, RoadStep step)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "score", step.Score);
        json.WriteNumber("removed", step.Removed);
        if (step.Threshold is not null)
        {
            WriteNumber(json, "threshold", step.Threshold);
        }

        WriteNumbers(json, "trials", step.TrialScores.Select(t => (double)t));
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                // A float that came as a double is written as short as a float.
                if (value == (float)value)
                {
                    json.WriteNumberValue((float)value);
                }
                else
                {
                    json.WriteNumberValue(value);
                }
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } number && float.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Reads what <see cref="WriteLayer"/> wrote.</summary>
    internal static LayerRoad ReadLayer(JsonElement frame) => new()
    {
        Name = frame.GetProperty("name").GetString()!,
        Parameters = frame.GetProperty("parameters").GetInt64(),
        Road = ReadNumber(frame, "road"),
        Reason = ReadText(frame, "reason"),
        SameAs = ReadText(frame, "sameAs"),
        Deviation = ReadNumber(frame, "deviation"),
        Trials = ReadNumbers(frame, "trials"),
        Percentiles =
        [
            .. frame.GetProperty("percentiles").EnumerateArray().Select(p => new PercentileRoad
            {
                Percentile = p.GetProperty("percentile").GetDouble(),
                MostFirst = ReadStep(p.GetProperty("most")),
                LeastFirst = ReadStep(p.GetProperty("least")),
            }),
        ],
    };

    private static RoadStep ReadStep(JsonElement step) => new()
    {
        Score = ReadNumber(step, "score") ?? float.NaN,
        Removed = step.GetProperty("removed").GetInt32(),
        Threshold = ReadNumber(step, "threshold"),
        TrialScores = ReadNumbers(step, "trials"),
    };

    private static float? ReadNumber(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetSingle() : null;

    private static string? ReadText(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static float[] ReadNumbers(JsonElement parent, string name) =>
        [.. parent.GetProperty(name).EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? float.NaN : v.GetSingle())];
}
