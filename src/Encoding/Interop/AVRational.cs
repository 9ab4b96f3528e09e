using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>A fraction, as libav passes it by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AVRational(int Num, int Den);
