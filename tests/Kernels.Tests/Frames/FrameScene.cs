using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Kernels.Tests.Frames;

/// <summary>A seeded frame to draw: map, picture, two places, a caption; and the memory to draw it into.</summary>
internal sealed class FrameScene
{
    public FrameScene(int seed, int mapHeight, int mapWidth, int width, int height, float alpha = 0.5f, string colors = "jet")
    {
        Random random = new(seed);
        (MapHeight, MapWidth) = (mapHeight, mapWidth);
        Map = new float[mapHeight * mapWidth];
        for (int i = 0; i < Map.Length; i++)
        {
            Map[i] = (float)Math.Max(0, (random.NextDouble() * 3) - 1);
        }

        uint[] image = new uint[width * height];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (uint)random.Next(1 << 24);
        }

        Panel = new FramePanel(width, height, image, ColorMaps.Get(colors), alpha);
        int second = 4 + width + (width % 2) + 2;
        Places = [new FramePlace(4, 6, Map.Min(), Map.Max()), new FramePlace(second, 6, -0.25f, 3.5f)];
        byte[] coverage = new byte[Math.Max(1, width - 1) * 5];
        random.NextBytes(coverage);
        Captions = [new FrameCaption(2, 0, Math.Max(1, width - 1), 5, coverage, PackedColor.Pack(240, 230, 20), PackedColor.Pack(10, 20, 30))];
        (FrameWidth, FrameHeight) = (second + width + 3, 6 + height + 2);
    }

    public float[] Map { get; }

    public int MapHeight { get; }

    public int MapWidth { get; }

    public FramePanel Panel { get; }

    public FramePlace[] Places { get; }

    public FrameCaption[] Captions { get; }

    public int FrameWidth { get; }

    public int FrameHeight { get; }

    /// <summary>Draws into fresh memory with odd strides and returns all of it, what was not drawn included.</summary>
    public byte[][] Draw(KernelVariant variant, FrameFormat format)
    {
        byte[][] planes = NewPlanes(format, out int stride, out int chromaStride);
        FrameKernel.Compose(
            new FramePlanes(format, FrameWidth, FrameHeight, planes[0], stride, planes[1], planes[2], chromaStride),
            new FrameMap(Map, MapHeight, MapWidth),
            Panel,
            Places,
            Captions,
            new FrameScratch(),
            variant);
        return planes;
    }

    public byte[][] NewPlanes(FrameFormat format, out int stride, out int chromaStride)
    {
        (int chromaWidth, int chromaHeight) = FramePlanes.ChromaSize(format, FrameWidth, FrameHeight);
        stride = (FrameWidth * FramePlanes.BytesPerPixel(format)) + 5;
        chromaStride = chromaWidth + 3;
        byte[][] planes = [new byte[stride * FrameHeight], new byte[chromaStride * chromaHeight], new byte[chromaStride * chromaHeight]];
        Array.ForEach(planes, plane => plane.AsSpan().Fill(0xA5));
        return planes;
    }
}
