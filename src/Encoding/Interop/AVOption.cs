using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>The head of an option's description, the same in libavutil 56 to 60.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct AVOption
{
    /// <summary>Where the option's field lies in its struct.</summary>
    [FieldOffset(16)]
    public int Offset;
}
