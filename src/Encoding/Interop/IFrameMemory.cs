namespace CAManim.Native.Encoding.Interop;

/// <summary>The memory of one frame on its way from drawing to the encoder.</summary>
internal unsafe interface IFrameMemory
{
    /// <summary>Whether the still parts of the frame were drawn already; they stay when the memory comes back.</summary>
    bool HasStillParts { get; set; }

    /// <summary>Makes a frame refer to this memory, which is libav's from here on, whether that works or not.</summary>
    /// <exception cref="LibavException">Out of memory.</exception>
    void LendTo(AVFrame* frame, int pixelFormat, int bufferOffset);

    /// <summary>Gives back what was not sent.</summary>
    void Return();
}
