using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary>
/// What the auxiliary head is asked: for every cell of the last maps, which class lies there. The last plane is the ground.
/// </summary>
/// <remarks>
/// A cell belongs to an object that covers half of it or more, to the ground where less than a tenth is covered, and is not asked about
/// otherwise. Weights: the objects' cells share one half, the ground's cells the other; they sum to one, so that a small object counts as
/// much as a large one.
/// </remarks>
internal static class CellTargets
{
    /// <summary>h and w of the last maps.</summary>
    public const int Side = 16;

    /// <summary>h · w.</summary>
    public const int Count = Side * Side;

    private const int Pixels = DemoScenes.Size / Side;

    /// <summary>Writes the weights of one image, [classes+1,h,w].</summary>
    public static void Write(IReadOnlyList<DemoObject> objects, Span<float> target, int classes)
    {
        Span<int> cells = stackalloc int[Count];
        int covered = 0, ground = 0;
        for (int cell = 0; cell < Count; cell++)
        {
            cells[cell] = ClassOf(objects, cell, classes);
            covered += cells[cell] >= 0 && cells[cell] < classes ? 1 : 0;
            ground += cells[cell] == classes ? 1 : 0;
        }

        float share = covered == 0 ? 1 : 0.5f;
        target.Clear();
        for (int cell = 0; cell < Count; cell++)
        {
            if (cells[cell] >= 0)
            {
                target[(cells[cell] * Count) + cell] = cells[cell] == classes ? share / ground : 0.5f / covered;
            }
        }
    }

    // The class, `classes` for ground, -1 for neither.
    private static int ClassOf(IReadOnlyList<DemoObject> objects, int cell, int classes)
    {
        int any = 0;
        foreach (DemoObject item in objects)
        {
            int pixels = 0;
            for (int i = 0; i < Pixels * Pixels; i++)
            {
                int y = (cell / Side * Pixels) + (i / Pixels), x = (cell % Side * Pixels) + (i % Pixels);
                pixels += item.Mask[(y * DemoScenes.Size) + x] != 0 ? 1 : 0;
            }

            if (pixels * 2 >= Pixels * Pixels)
            {
                return item.ClassIndex;
            }

            any += pixels;
        }

        return any * 10 < Pixels * Pixels ? classes : -1;
    }
}
