using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Maps;

namespace CAManim.Native.Server.Live;

/// <summary>
/// A frame as one binary message: length of the head (4 bytes, little-endian), head (JSON), picture [H,W,3], then every map [h,w] in 8 bits,
/// from the smallest of its values (0) to the largest (255). The memory is used again.
/// </summary>
internal sealed class LivePacket : IDisposable
{
    private const int TopClasses = 5;

    private readonly ArrayBufferWriter<byte> _head = new(16 << 10);
    private readonly Utf8JsonWriter _json;
    private byte[] _bytes = [];
    private int[] _order = [];

    public LivePacket() => _json = new Utf8JsonWriter(_head);

    public ReadOnlySpan<byte> Write(LiveFrame frame, ModelInput input, LiveChannel channel, LiveRates rates, LiveRoad road, int shown)
    {
        WriteHead(frame, input, channel, rates, road, shown);
        int length = 4 + _head.WrittenCount + input.Image.Pixels.Length;
        for (int i = 0; i < frame.Maps.Count; i++)
        {
            length += frame.Maps[i].Map.Length;
        }

        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        BinaryPrimitives.WriteInt32LittleEndian(_bytes, _head.WrittenCount);
        _head.WrittenSpan.CopyTo(_bytes.AsSpan(4));
        int at = 4 + _head.WrittenCount;
        input.Image.Pixels.CopyTo(_bytes, at);
        at += input.Image.Pixels.Length;
        for (int i = 0; i < frame.Maps.Count; i++)
        {
            ReadOnlySpan<float> map = frame.Maps[i].Map;
            (float low, float high) = MapBytes.Range(map);
            MapBytes.Quantise(map, low, high, _bytes.AsSpan(at, map.Length));
            at += map.Length;
        }

        return _bytes.AsSpan(0, length);
    }

    public void Dispose() => _json.Dispose();

    // Without a string for every frame.
    private static ReadOnlySpan<byte> NameOf(ScoreActivation activation) => activation switch
    {
        ScoreActivation.Sigmoid => "sigmoid"u8,
        ScoreActivation.None => "none"u8,
        _ => "softmax"u8,
    };

    private static float Finite(float value) => float.IsFinite(value) ? value : 0;

    private void WriteHead(LiveFrame frame, ModelInput input, LiveChannel channel, LiveRates rates, LiveRoad road, int shown)
    {
        _head.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("setup", channel.Board.SetupVersion);
        _json.WriteNumber("number", channel.Frames);
        _json.WriteNumber("received", frame.Times.Received);
        _json.WriteNumber("width", input.Width);
        _json.WriteNumber("height", input.Height);
        _json.WriteNumber("classIndex", frame.ClassIndex);
        _json.WriteNumber("probability", Finite(frame.Probability));
        _json.WriteString("activation", NameOf(frame.Activation));
        _json.WriteNumber("latency", Math.Round(frame.Times.Latency.TotalMilliseconds, 2));
        _json.WriteNumber("computation", Math.Round(frame.Times.Computation.TotalMilliseconds, 2));
        _json.WriteNumber("rate", Math.Round(rates.FramesPerSecond, 2));
        _json.WriteNumber("dropped", channel.Dropped);
        _json.WriteNumber("shown", shown);
        if (road.Mean is { } mean)
        {
            _json.WriteNumber("road", Finite(mean));
            _json.WriteNumber("sweeps", road.Sweeps);
        }

        _json.WriteNumber("globalMinimum", Finite(frame.GlobalMinimum));
        _json.WriteNumber("globalMaximum", Finite(frame.GlobalMaximum));
        WriteTop(frame.Logits, frame.Activation);
        _json.WriteStartArray("maps");
        for (int i = 0; i < frame.Maps.Count; i++)
        {
            LiveMap map = frame.Maps[i];
            (float low, float high) = MapBytes.Range(map.Map);
            _json.WriteNumberValue(low);
            _json.WriteNumberValue(high);
            _json.WriteNumberValue(Finite(map.Minimum));
            _json.WriteNumberValue(Finite(map.Maximum));
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteTop(ReadOnlySpan<float> logits, ScoreActivation activation)
    {
        _json.WriteStartArray("top");
        if (_order.Length != logits.Length)
        {
            _order = new int[logits.Length];
        }

        for (int k = 0; k < _order.Length; k++)
        {
            _order[k] = k;
        }

        // The few largest, by selection.
        for (int place = 0; place < Math.Min(TopClasses, _order.Length); place++)
        {
            int best = place;
            for (int k = place + 1; k < _order.Length; k++)
            {
                best = logits[_order[k]] > logits[_order[best]] ? k : best;
            }

            (_order[place], _order[best]) = (_order[best], _order[place]);
            _json.WriteNumberValue(_order[place]);
            _json.WriteNumberValue(Finite(ScoreActivations.At(activation, logits, _order[place])));
        }

        _json.WriteEndArray();
    }
}
