namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The code that libtorch takes on this processor, and why.</summary>
/// <param name="Rung">Which.</param>
/// <param name="Note">What was found, set and done, in words.</param>
public sealed record ProcessorState(ProcessorRung Rung, string Note);
