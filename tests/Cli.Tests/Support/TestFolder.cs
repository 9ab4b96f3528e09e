using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>A temporary folder with a picture; <see cref="Outputs"/> is what a run left in <c>out/</c>.</summary>
internal sealed class TestFolder : IDisposable
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, RecurseSubdirectories = true };

    public TestFolder() => Directory.CreateDirectory(Out(""));

    public string Path { get; } = Directory.CreateTempSubdirectory("camanim-cli-").FullName;

    /// <summary>Names of all files and folders in <c>out/</c>, hidden ones too.</summary>
    public string[] Outputs => [.. Directory.EnumerateFileSystemEntries(Out(""), "*", Everything).Select(f => System.IO.Path.GetRelativePath(Out(""), f)).Order(StringComparer.Ordinal)];

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Out(string name) => System.IO.Path.Combine(Path, "out", name);

    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>A small grainy PNG with a bright square.</summary>
    public string Picture()
    {
        string path = File("picture.png");
        if (!System.IO.File.Exists(path))
        {
            using SKBitmap bitmap = new(48, 40, SKColorType.Rgba8888, SKAlphaType.Opaque);
            for (int i = 0; i < 48 * 40; i++)
            {
                (int x, int y) = (i % 48, i / 48);
                bool isInside = x is >= 10 and < 30 && y is >= 8 and < 26;

                // Grain, so that every part of the file holds pixels.
                byte grain = (byte)((uint)i * 2654435761 >> 27);
                bitmap.SetPixel(x, y, isInside ? new SKColor(255, (byte)(140 + grain), grain) : new SKColor(grain, (byte)(60 + grain), 130));
            }

            using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            using FileStream stream = System.IO.File.Create(path);
            data.SaveTo(stream);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
