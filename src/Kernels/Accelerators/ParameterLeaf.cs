using System.Reflection;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>A number or a view in a kernel's parameter.</summary>
/// <param name="Path">The fields that lead to it.</param>
/// <param name="Type">What it is.</param>
/// <param name="Offset">Bytes from the parameter's start.</param>
internal sealed record ParameterLeaf(IReadOnlyList<FieldInfo> Path, Type Type, int Offset);
