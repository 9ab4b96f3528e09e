using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Models.Demo;

/// <summary>A drawn picture and the truth about it.</summary>
/// <param name="Image">The picture, [H,W,3].</param>
/// <param name="Objects">The objects in it, in the order they were asked for; empty where the class has none.</param>
public sealed record DemoScene(RgbImage Image, IReadOnlyList<DemoObject> Objects);
