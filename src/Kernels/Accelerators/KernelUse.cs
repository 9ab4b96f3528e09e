namespace CAManim.Native.Kernels.Accelerators;

/// <summary>What a kernel needs of a card, as the driver compiled it.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Registers">Of a thread.</param>
/// <param name="SharedBytes">Of a group.</param>
/// <param name="LocalBytes">Of a thread; more than 0 where registers were spilled.</param>
/// <param name="MostThreads">The largest group.</param>
public sealed record KernelUse(string Name, int Registers, int SharedBytes, int LocalBytes, int MostThreads);
