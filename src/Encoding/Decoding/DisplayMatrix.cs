namespace CAManim.Native.Encoding.Decoding;

/// <summary>How the pictures of a video are turned before they are shown: x' = a x + c y, y' = b x + d y, to the nearest quarter turn and mirroring.</summary>
/// <param name="Swaps">Whether rows become columns.</param>
/// <param name="MirrorsX">Whether x' then runs from right to left.</param>
/// <param name="MirrorsY">Whether y' then runs from bottom to top.</param>
internal readonly record struct DisplayMatrix(bool Swaps, bool MirrorsX, bool MirrorsY)
{
    /// <summary>Whether pictures are shown as they are.</summary>
    public bool IsIdentity => this == default;

    /// <summary>Reads a container's matrix.</summary>
    /// <param name="values">a, b, u, c, d, v, x, y, w as libav has them, of which x, y, u, v and w do not matter.</param>
    public static DisplayMatrix Of(ReadOnlySpan<int> values)
    {
        (long a, long b, long c, long d) = (values[0], values[1], values[3], values[4]);
        bool swaps = Math.Abs(b) + Math.Abs(c) > Math.Abs(a) + Math.Abs(d);
        return new DisplayMatrix(swaps, (swaps ? c : a) < 0, (swaps ? b : d) < 0);
    }

    /// <summary>Writes the turned picture.</summary>
    /// <param name="from">As it was decoded.</param>
    /// <param name="to">Another one, written over.</param>
    public void Turn(VideoPicture from, VideoPicture to)
    {
        to.Resize(Swaps ? from.Height : from.Width, Swaps ? from.Width : from.Height);
        to.Time = from.Time;
        for (int y = 0; y < to.Height; y++)
        {
            int v = MirrorsY ? to.Height - 1 - y : y;
            int target = y * to.Width * 3;
            for (int x = 0; x < to.Width; x++, target += 3)
            {
                int u = MirrorsX ? to.Width - 1 - x : x;
                int source = (Swaps ? (u * from.Width) + v : (v * from.Width) + u) * 3;
                from.Pixels.AsSpan(source, 3).CopyTo(to.Pixels.AsSpan(target));
            }
        }
    }
}
