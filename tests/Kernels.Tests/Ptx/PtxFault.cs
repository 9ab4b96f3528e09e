namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>What a card would not do, or would do differently each time: where, by which thread, and what.</summary>
internal sealed class PtxFault(string message) : Exception(message);
