using ILGPU;

namespace CAManim.Native.Kernels.Frames;

/// <summary>What one launch draws.</summary>
internal struct FrameGpuScene
{
    public ArrayView<float> Map;
    public ArrayView<uint> Image;
    public ArrayView<uint> Table;
    public ArrayView<int> Left;
    public ArrayView<float> Across;
    public ArrayView<int> Top;
    public ArrayView<float> Down;
    public ArrayView<FrameGpuPlace> Places;
    public ArrayView<FrameGpuCaption> Captions;
    public ArrayView<byte> Coverage;
    public int MapWidth;
    public int MapHeight;
    public int Width;
    public int Height;
    public int PlaceCount;
    public int CaptionCount;
    public int Squares;
    public uint Weight;
}
