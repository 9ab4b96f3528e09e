using CAManim.Native.Models.Demo.Drawing;

namespace CAManim.Native.Models.Demo;

/// <summary>
/// Draws scenes with one or more objects of eight classes on cluttered ground, with the mask of every object.
/// </summary>
/// <remarks>
/// The same seed and classes give the same bytes on every machine: only additions, multiplications, divisions and square
/// roots are used, in a fixed order. All methods may be called from several threads.
/// </remarks>
public static class DemoScenes
{
    /// <summary>H and W of every scene.</summary>
    public const int Size = 128;

    /// <summary>The largest number of objects in a scene.</summary>
    public const int MaximumObjects = 3;

    /// <summary>The classes, in the order of their indices.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["circle", "square", "triangle", "star", "cross", "ring", "crescent", "hexagon"];

    /// <summary>Draws a scene with objects of these classes.</summary>
    /// <param name="seed">Everything but the classes: ground, places, sizes, colours, light.</param>
    /// <param name="classes">One class index an object, 1 to <see cref="MaximumObjects"/> of them; a class may come twice.</param>
    /// <exception cref="ArgumentException">No class, or more than <see cref="MaximumObjects"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class index is not one of <see cref="ClassNames"/>.</exception>
    public static DemoScene Draw(ulong seed, params ReadOnlySpan<int> classes)
    {
        if (classes.Length is 0 or > MaximumObjects)
        {
            throw new ArgumentException($"A scene has 1 to {MaximumObjects} objects, {classes.Length} were asked for. Give one class index for each object.", nameof(classes));
        }

        foreach (int index in classes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(classes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ClassNames.Count, nameof(classes));
        }

        return Paint(new DemoRandom(seed), classes);
    }

    /// <summary>Draws a scene whose classes, all different, the seed chooses.</summary>
    /// <param name="seed">Everything.</param>
    /// <param name="objects">Number of objects, 1 to <see cref="MaximumObjects"/>.</param>
    /// <exception cref="ArgumentException">The number of objects is not 1 to <see cref="MaximumObjects"/>.</exception>
    public static DemoScene DrawRandom(ulong seed, int objects)
    {
        if (objects is < 1 or > MaximumObjects)
        {
            throw new ArgumentException($"A scene has 1 to {MaximumObjects} objects, {objects} were asked for.", nameof(objects));
        }

        DemoRandom random = new DemoRandom(seed).Fork(100);
        Span<int> pool = [0, 1, 2, 3, 4, 5, 6, 7];
        for (int i = 0; i < objects; i++)
        {
            int other = i + random.Index(pool.Length - i);
            (pool[i], pool[other]) = (pool[other], pool[i]);
        }

        return Draw(seed, pool[..objects]);
    }

    private static DemoScene Paint(DemoRandom random, ReadOnlySpan<int> classes)
    {
        Canvas canvas = new(Size, Size);
        SceneLight light = SceneLight.Draw(random.Fork(0));
        SceneGround.Paint(canvas, random.Fork(1));
        SceneClutter.Scatter(canvas, random.Fork(2), light);
        ScenePlace[] places = ScenePlace.Choose(random.Fork(3), classes, Size);
        for (int i = 0; i < classes.Length; i++)
        {
            SceneObject.Paint(canvas, random.Fork(10 + (uint)i), classes[i], places[i], light);
        }

        SceneClutter.Occlude(canvas, random.Fork(4), places, light);
        light.Finish(canvas, random.Fork(5));
        DemoObject[] objects = new DemoObject[classes.Length];
        for (int i = 0; i < objects.Length; i++)
        {
            objects[i] = new DemoObject(classes[i], ClassNames[classes[i]], canvas.Masks[i]);
        }

        return new DemoScene(canvas.ToImage(), objects);
    }
}
