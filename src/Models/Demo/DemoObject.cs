namespace CAManim.Native.Models.Demo;

/// <summary>One object of a drawn picture: what it is and where it can be seen.</summary>
/// <param name="ClassIndex">Index into the class names of the generator.</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Mask">[H,W], row-major: 255 where the object is seen, 0 elsewhere (also where something lies over it).</param>
public sealed record DemoObject(int ClassIndex, string Name, byte[] Mask);
