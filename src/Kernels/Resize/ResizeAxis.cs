using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Resize;

/// <summary>For each target position of one axis, its two source positions and the share of the second.</summary>
internal sealed class ResizeAxis
{
    private int _source;
    private int _target;

    /// <summary>Left (upper) source position; entries behind the target's size repeat the last one, up to a multiple of 16.</summary>
    public int[] First { get; private set; } = [];

    /// <summary>Right (lower) source position, the same as the first where its share is 0.</summary>
    public int[] Second { get; private set; } = [];

    /// <summary>Where the run of target positions ends that lie between the same two source positions.</summary>
    public int[] End { get; private set; } = [];

    /// <summary>Share of <see cref="Second"/>, in [0,1].</summary>
    public float[] Share { get; private set; } = [];

    /// <summary>The target's size, rounded up to a multiple of 16.</summary>
    public static int Pad(int size) => checked(size + LanesTail.Width - 1) / LanesTail.Width * LanesTail.Width;

    /// <summary>Position x of the target lies at (x + 1/2)·source/target - 1/2 of the source, clamped to its first and last centre.</summary>
    public void Prepare(int source, int target)
    {
        if (source == _source && target == _target)
        {
            return;
        }

        int padded = Pad(target);
        if (First.Length < padded)
        {
            First = new int[padded];
            Second = new int[padded];
            End = new int[padded];
            Share = new float[padded];
        }

        double scale = (double)source / target;
        for (int x = 0; x < padded; x++)
        {
            double position = Math.Clamp(((int.Min(x, target - 1) + 0.5) * scale) - 0.5, 0, source - 1);
            int first = (int)position;
            First[x] = first;
            Share[x] = (float)(position - first);

            // Without a share the second value must not come in: 0 times NaN would.
            Second[x] = Share[x] > 0 ? first + 1 : first;
        }

        for (int x = target - 1; x >= 0; x--)
        {
            End[x] = x + 1 < target && First[x + 1] == First[x] && Second[x + 1] == Second[x] ? End[x + 1] : x + 1;
        }

        _source = source;
        _target = target;
    }

    /// <summary>The target position next to the centre of a source position.</summary>
    public int Nearest(int source) => int.Clamp((int)((source + 0.5) * _target / _source), 0, _target - 1);
}
