using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>Writes a network as a safetensors file of float16: length of the header, JSON header, tensors without gaps.</summary>
internal static class SafeTensorsWriter
{
    // The header is padded with spaces so that the tensors start at a multiple of this.
    private const int Alignment = 8;

    /// <summary>Writes all floating parameters and buffers, in the network's order, and text beside them; whole or not at all.</summary>
    public static void Write(string path, nn.Module network, IReadOnlyDictionary<string, string> metadata)
    {
        JsonObject header = [];
        JsonObject text = [];
        foreach ((string key, string value) in metadata)
        {
            text[key] = value;
        }

        header["__metadata__"] = text;
        using MemoryStream tensors = new();
        foreach ((string key, Tensor tensor) in network.state_dict())
        {
            // The count of batches is the one integer; nothing is computed from it.
            if (tensor.is_floating_point())
            {
                Append(header, tensors, key, tensor);
            }
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        int padded = (json.Length + Alignment - 1) / Alignment * Alignment;
        byte[] start = new byte[8 + padded];
        start.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(start, (ulong)padded);
        json.CopyTo(start, 8);

        string temporary = path + ".partial";
        using (FileStream file = File.Create(temporary))
        {
            file.Write(start);
            tensors.WriteTo(file);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static void Append(JsonObject header, MemoryStream tensors, string key, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        long from = tensors.Length;
        tensors.Write(tensor.detach().to(ScalarType.Float16).contiguous().bytes);
        header[key] = new JsonObject
        {
            ["dtype"] = "F16",
            ["shape"] = new JsonArray([.. tensor.shape.Select(size => (JsonNode)size)]),
            ["data_offsets"] = new JsonArray(from, tensors.Length),
        };
    }
}
