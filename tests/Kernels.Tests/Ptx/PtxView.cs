namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Memory that a launch may touch: a view among its arguments.</summary>
/// <param name="Address">Of the first byte.</param>
/// <param name="SizeInBytes">Its length.</param>
internal readonly record struct PtxView(nint Address, long SizeInBytes);
