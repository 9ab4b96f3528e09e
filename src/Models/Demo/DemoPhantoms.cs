using CAManim.Native.Models.Demo.Drawing;

namespace CAManim.Native.Models.Demo;

/// <summary>
/// Draws ultrasound-like phantoms of layered tissue: normal, with a lesion of smooth margin (benign), or of spiculated margin (malignant).
/// </summary>
/// <remarks>
/// A phantom, not anatomy: skin, fat, gland and muscle as wavy layers, fully developed speckle, attenuation with depth, and what
/// a lesion does to the echo behind it. It shows how maps look on such pictures; nothing here is fit for a diagnosis.
/// The same seed and class give the same bytes on every machine. All methods may be called from several threads.
/// </remarks>
public static class DemoPhantoms
{
    /// <summary>H and W of every phantom.</summary>
    public const int Size = 128;

    /// <summary>The classes, in the order of their indices.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["normal", "benign", "malignant"];

    /// <summary>Draws a phantom.</summary>
    /// <param name="seed">Everything but the class.</param>
    /// <param name="classIndex">Index into <see cref="ClassNames"/>.</param>
    /// <returns>A grey picture (three equal channels); one object, the lesion, or none for a normal phantom.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classIndex"/> is not one of <see cref="ClassNames"/>.</exception>
    public static DemoScene Draw(ulong seed, int classIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, ClassNames.Count);
        DemoRandom random = new(seed);
        float[] echo = PhantomTissue.Create(random.Fork(0), Size);
        PhantomLesion? lesion = classIndex == 0 ? null : PhantomLesion.Draw(random.Fork(1), classIndex == 2, Size);
        lesion?.Apply(echo, random.Fork(2));
        Canvas canvas = PhantomBeam.Scan(echo, random.Fork(3), Size);
        DemoObject[] objects = lesion is null ? [] : [new DemoObject(classIndex, ClassNames[classIndex], lesion.Mask)];
        return new DemoScene(canvas.ToImage(), objects);
    }
}
