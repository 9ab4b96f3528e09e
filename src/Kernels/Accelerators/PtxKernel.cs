namespace CAManim.Native.Kernels.Accelerators;

/// <summary>A kernel as text for the driver's compiler.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Entry">Name of the function in the text.</param>
/// <param name="Text">PTX.</param>
internal sealed record PtxKernel(string Name, string Entry, string Text);
