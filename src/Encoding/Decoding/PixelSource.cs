namespace CAManim.Native.Encoding.Decoding;

/// <summary>The planes of a decoded frame.</summary>
/// <param name="First">Y, or interleaved pixels.</param>
/// <param name="Second">Cb, or Cb and Cr interleaved.</param>
/// <param name="Third">Cr.</param>
/// <param name="FirstStride">Bytes from row to row.</param>
/// <param name="SecondStride">Bytes from row to row.</param>
/// <param name="ThirdStride">Bytes from row to row.</param>
internal readonly unsafe record struct PixelSource(nint First, nint Second, nint Third, int FirstStride, int SecondStride, int ThirdStride)
{
    public PixelSource(byte* first, byte* second, byte* third, int firstStride, int secondStride, int thirdStride)
        : this((nint)first, (nint)second, (nint)third, firstStride, secondStride, thirdStride)
    {
    }

    /// <summary>The start of a row.</summary>
    public byte* Row(int plane, int y) => plane switch
    {
        0 => (byte*)First + ((long)y * FirstStride),
        1 => (byte*)Second + ((long)y * SecondStride),
        _ => (byte*)Third + ((long)y * ThirdStride),
    };
}
