using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests;

/// <summary>A seeded picture and maps that look like a network's: smooth, of many sizes.</summary>
internal static class TestVideo
{
    public static void RequireLibav() => Assert.SkipUnless(Libav.IsAvailable, $"libav is not usable here: {Libav.Report().Problem}");

    public static RgbImage Image(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    double wave = Math.Sin((x * (0.11 + (0.03 * c))) + (y * 0.07)) + Math.Cos((y * 0.13) - (x * 0.05 * c));
                    pixels[(3 * ((y * width) + x)) + c] = (byte)Math.Clamp(128 + (50 * wave) + ((x * 7919 + y * 104729) % 17), 0, 255);
                }
            }
        }

        return new RgbImage(width, height, pixels);
    }

    public static LayerMap[] Layers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Layer($"layer{1 + (i / 5)}.{i % 5}.conv{1 + (i % 2)}", 4 + (i * 3 % 25), i))];

    public static LayerMap Layer(string name, int size, int seed)
    {
        float[] signed = new float[size * size];
        double phase = seed * 0.7;
        for (int i = 0; i < signed.Length; i++)
        {
            (double y, double x) = (i / size / (double)size, i % size / (double)size);
            signed[i] = (float)((1 + seed) * (Math.Sin((5 * x) + phase) + Math.Cos((4 * y) - phase)));
        }

        float[] map = [.. signed.Select(v => Math.Max(v, 0))];
        return new LayerMap
        {
            Name = name,
            ModuleClass = "Conv2d",
            Channels = 64,
            Height = size,
            Width = size,
            SignedMap = signed,
            Map = map,
            Minimum = map.Min(),
            Maximum = map.Max(),
            Road = seed % 2 == 0 ? seed / 100f : null,
        };
    }

    /// <summary>A folder of its own that is removed at the end.</summary>
    public sealed class Folder : IDisposable
    {
        public Folder() => Root = Directory.CreateTempSubdirectory("camanim-test-").FullName;

        public string Root { get; }

        public string[] Files => [.. Directory.EnumerateFileSystemEntries(Root, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }).Select(f => Path.GetFileName(f))];

        public string File(string name) => Path.Combine(Root, name);

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
