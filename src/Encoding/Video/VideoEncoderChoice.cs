namespace CAManim.Native.Encoding;

/// <summary>One of libav's encoders with the settings it is used with.</summary>
/// <param name="Name">libav's name of it.</param>
/// <param name="PixelFormat">libav's name of the pixel format it is given.</param>
/// <param name="Options">Its settings, as libav names them.</param>
internal sealed record VideoEncoderChoice(string Name, string PixelFormat, params (string Key, string Value)[] Options)
{
    /// <summary>Whether it is a card's, which takes frames from the card's memory.</summary>
    public bool IsOnCard { get; init; }
}
