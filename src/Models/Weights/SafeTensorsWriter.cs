using System.Buffers.Binary;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CAManim.Native.Models.Weights;

/// <summary>Writes <c>.safetensors</c> files: the same input gives the same bytes, and a file appears whole or not at all.</summary>
public static class SafeTensorsWriter
{
    private static readonly string[] TypeNames = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"];

    /// <summary>Writes float32 tensors in the given order.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="tensors">Names (each once), dimensions and row-major values.</param>
    /// <param name="metadata">Text to attach, or null; written sorted by key.</param>
    /// <exception cref="ArgumentException">A name appears twice or is reserved, or the values do not fill the shape.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing is left.</exception>
    public static void Write(string path, IEnumerable<(string Name, int[] Shape, ReadOnlyMemory<float> Data)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Write(path, tensors.Select(t => SafeTensor.Of(t.Name, t.Shape, t.Data.Span)), metadata);
    }

    /// <summary>Writes tensors of any type in the given order.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="tensors">The tensors; each name once.</param>
    /// <param name="metadata">Text to attach, or null; written sorted by key.</param>
    /// <exception cref="ArgumentException">A name appears twice or is reserved, or the values do not fill the shape.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing is left.</exception>
    public static void Write(string path, IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        SafeTensor[] all = [.. tensors];

        // Not longer than the system allows, whatever the file's own name.
        string temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                Write(stream, all, metadata);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes tensors of any type in the given order to a stream, which stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">The tensors; each name once.</param>
    /// <param name="metadata">Text to attach, or null; written sorted by key.</param>
    /// <exception cref="ArgumentException">A name appears twice or is reserved, or the values do not fill the shape.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        SafeTensor[] all = [.. tensors];
        byte[] header = Header(all, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafeTensor tensor in all)
        {
            stream.Write(tensor.Bytes.Span);
        }
    }

    private static byte[] Header(SafeTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
            long offset = 0;
            foreach (SafeTensor tensor in tensors)
            {
                if (!names.Add(tensor.Name))
                {
                    throw new ArgumentException($"The tensor name '{tensor.Name}' appears twice or is reserved.", nameof(tensors));
                }

                WriteTensor(json, tensor, ref offset);
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight align the tensors, as the format's own writer does.
        int padded = (buffer.WrittenCount + 7) / 8 * 8;
        buffer.GetSpan(8)[..8].Fill((byte)' ');
        buffer.Advance(padded - buffer.WrittenCount);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafeTensor tensor, ref long offset)
    {
        long expected = tensor.Shape.Aggregate((long)tensor.Type.SizeInBytes(), (product, d) => checked(product * d));
        if (tensor.Bytes.Length != expected)
        {
            throw new ArgumentException($"The tensor '{tensor.Name}', {tensor.Type} [{string.Join(',', tensor.Shape)}], needs {expected} bytes, got {tensor.Bytes.Length}.", nameof(tensor));
        }

        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", TypeNames[(int)tensor.Type]);
        json.WriteStartArray("shape");
        foreach (int dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset += tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
