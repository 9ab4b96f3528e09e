using System.Globalization;
using CAManim.Native.Kernels.Interop;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Onnx.Format;

/// <summary>
/// Files with values beside an ONNX file. They lie in its folder or below, and are no links: an ONNX file that came from elsewhere must not
/// reach the rest of the disk.
/// </summary>
internal sealed class ExternalFiles : IDisposable
{
    /// <summary>Tensors may share values, but not multiply a file.</summary>
    private const long MostReadings = 4;

    private readonly string _folder;
    private readonly Dictionary<string, SafeFileHandle> _open = new(StringComparer.Ordinal);
    private long _left;

    /// <param name="onnxFile">The ONNX file.</param>
    public ExternalFiles(string onnxFile) => _folder = Path.GetDirectoryName(Path.GetFullPath(onnxFile))!;

    /// <summary>Bytes of the files that were opened.</summary>
    public long SizeInBytes { get; private set; }

    /// <summary>Reads a tensor's values.</summary>
    /// <param name="tensor">Its name, for messages.</param>
    /// <param name="place">Where they lie.</param>
    /// <param name="expected">How many bytes it needs.</param>
    public byte[] Read(string tensor, ExternalPlace place, long expected)
    {
        SafeFileHandle file = Open(tensor, place.Location);
        long size = RandomAccess.GetLength(file);
        long offset = Number(tensor, "offset", place.Offset);
        long length = place.Length.Length == 0 ? expected : Number(tensor, "length", place.Length);
        if (length != expected || offset > size || length > size - offset)
        {
            throw new OnnxException($"tensor '{tensor}' needs {expected} bytes and has {length} at {offset} of '{place.Location}', which has {size}. The two files do not belong together, or one is cut off: copy both again, or export again");
        }

        _left -= length;
        if (_left < 0)
        {
            throw new OnnxException($"damaged: its tensors read '{place.Location}' more than {MostReadings} times");
        }

        byte[] values = new byte[length];
        int read = 0;
        for (int more = 1; read < values.Length && more > 0; read += more)
        {
            more = RandomAccess.Read(file, values.AsSpan(read), offset + read);
        }

        return read == values.Length ? values : throw new OnnxException($"'{place.Location}' ended while it was read");
    }

    public void Dispose()
    {
        foreach (SafeFileHandle file in _open.Values)
        {
            file.Dispose();
        }
    }

    private SafeFileHandle Open(string tensor, string location)
    {
        if (_open.TryGetValue(location, out SafeFileHandle? open))
        {
            return open;
        }

        string path = Resolve(tensor, location);
        try
        {
            FileKind.CheckReadable(path);
            open = File.OpenHandle(path, options: FileOptions.RandomAccess);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxException($"its values lie in '{location}', which cannot be read: {e.Message.TrimEnd('.')}. The file must lie beside the ONNX file: copy it there", e);
        }

        _open.Add(location, open);
        SizeInBytes += RandomAccess.GetLength(open);
        _left += MostReadings * RandomAccess.GetLength(open);
        return open;
    }

    /// <summary>The path, each part of it looked at.</summary>
    private string Resolve(string tensor, string location)
    {
        string[] parts = location.Split('/');
        if (location.Length is 0 or > 1024 || location.AsSpan().ContainsAny('\\', ':', '\0') || Array.Exists(parts, p => p is "" or "." or ".."))
        {
            throw new OnnxException($"tensor '{tensor}' keeps its values in '{location}'. Read are files in the ONNX file's folder or below, named without '..'. Export it with its values beside it, or in one file (in Python: onnx.save(onnx.load(FILE), OUT))");
        }

        string path = _folder;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new OnnxException($"tensor '{tensor}' keeps its values in '{location}', which is a link; those are not followed, since they lead out of the folder. Put the file itself there");
            }
        }

        return path;
    }

    private static long Number(string tensor, string what, string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new OnnxException($"damaged: the values of tensor '{tensor}' lie at {what} '{text}'");
}
