using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using CAManim.Native.Encoding;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models.Images;
using CAManim.Native.Models.Weights;
using CAManim.Native.Server.Files;
using CAManim.Native.Server.Maps;

namespace CAManim.Native.Server.Explain;

/// <summary>A result as bytes of one of the kinds, made whole before the first is sent.</summary>
internal sealed class ExplainAnswer(ServedModel model, ExplainParameters asked, CamResult result)
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    public ReadOnlyMemory<byte> Json(TimeSpan time) => JsonSerializer.SerializeToUtf8Bytes(ExplainReport.Of(model, asked, result, time), Camel);

    public ReadOnlyMemory<byte> Maps()
    {
        MemoryStream memory = new();
        Dictionary<string, string> metadata = new()
        {
            ["model"] = model.Model.Name,
            ["method"] = CamMethods.NameOf(result.Method),
            ["category"] = result.ClassIndex.ToString(CultureInfo.InvariantCulture),
            ["target"] = asked.Target,
            ["weights"] = model.Weights,
        };
        SafeTensorsWriter.Write(memory, [.. result.Frames.Select(f => SafeTensor.Of(f.Name, [f.Height, f.Width], f.Map.Span))], metadata);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    /// <summary>As the live page's frames: length of the head (4 bytes, little-endian), head (JSON), picture [H,W,3], then every map [h,w] in 8 bits.</summary>
    public ReadOnlyMemory<byte> Page(ModelInput input, TimeSpan time)
    {
        (float Low, float High)[] ranges = [.. result.Frames.Select(f => MapBytes.Range(f.Map.Span))];
        byte[] head = JsonSerializer.SerializeToUtf8Bytes(new { Report = ExplainReport.Of(model, asked, result, time), Ranges = ranges.SelectMany(r => (float[])[r.Low, r.High]) }, Camel);
        byte[] bytes = new byte[sizeof(int) + head.Length + input.Image.Pixels.Length + result.Frames.Sum(f => f.Map.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, head.Length);
        head.CopyTo(bytes, sizeof(int));
        int at = sizeof(int) + head.Length;
        input.Image.Pixels.CopyTo(bytes, at);
        at += input.Image.Pixels.Length;
        for (int i = 0; i < ranges.Length; i++)
        {
            ReadOnlySpan<float> map = result.Frames[i].Map.Span;
            MapBytes.Quantise(map, ranges[i].Low, ranges[i].High, bytes.AsSpan(at, map.Length));
            at += map.Length;
        }

        return bytes;
    }

    public ReadOnlyMemory<byte> Video(ModelInput input, VideoOptions options, PrivateFolder folder, CancellationToken cancellation)
    {
        // An MP4's index stands in front and is written last, so it is made in a file.
        string path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.mp4");
        try
        {
            CamVideo.Write(path, input.Image, result.Frames, options with { Target = model.Caption(result), Probability = ServedModel.Share(result), Title = $"{model.Model.Name}, {CamMethods.NameOf(result.Method)}" }, cancellation: cancellation);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
