namespace CAManim.Native.Encoding.Interop;

/// <summary>Memory for the frames of one video, which goes round.</summary>
internal interface IFramePool : IDisposable
{
    /// <summary>Memory that is not in use.</summary>
    IFrameMemory Rent();
}
