namespace CAManim.Native.Engine.Axes;

/// <summary>Where the positions of a tensor lie on the map that they came from.</summary>
/// <param name="ChannelAxis">The dimension of the channels.</param>
/// <param name="Rows">h of that map.</param>
/// <param name="Columns">w of that map.</param>
/// <param name="Index">y·w + x of each position, in the order of the tensor without its channels.</param>
/// <param name="IsGuess">Whether code between module calls, which nothing sees, was taken to keep the order.</param>
internal sealed record Positions(int ChannelAxis, int Rows, int Columns, int[] Index, bool IsGuess = false)
{
    /// <summary>Positions that a layer computed its channels from, too: no position stands alone any more.</summary>
    public static Positions Mixed { get; } = new(-1, 0, 0, []);

    /// <summary>Positions that certainly stand in another order than a map's.</summary>
    public static Positions Windows { get; } = new(-1, 0, 0, []);

    /// <summary>Whether it is only known that this is no map.</summary>
    public bool IsNoMap => ChannelAxis < 0;

    private bool IsInOrder { get; } = Array.TrueForAll(Index, Follows(0));

    /// <summary>A map of its own: [N,C,h,w] or [N,h,w,C].</summary>
    public static Positions Map(long[] shape, bool isChannelsFirst)
    {
        (long rows, long columns) = isChannelsFirst ? (shape[2], shape[3]) : (shape[1], shape[2]);
        return new Positions(isChannelsFirst ? 1 : 3, (int)rows, (int)columns, [.. Enumerable.Range(0, (int)(rows * columns))]);
    }

    /// <summary>What the dimensions of <paramref name="shape"/> mean.</summary>
    public CallAxes Of(long[] shape)
    {
        if (IsNoMap)
        {
            return new CallAxes(ReferenceEquals(this, Mixed) ? MapOrder.Mixed : MapOrder.Windows);
        }

        return (shape.Length, ChannelAxis) switch
        {
            (4, 1) when IsInOrder && shape[2] == Rows && shape[3] == Columns => new CallAxes(MapOrder.ChannelsFirst, Rows, Columns),
            (4, 3) when IsInOrder && shape[1] == Rows && shape[2] == Columns => new CallAxes(MapOrder.ChannelsLast, Rows, Columns),
            (3, 2) when IsInOrder && shape[1] == Index.Length => new CallAxes(MapOrder.Tokens, Rows, Columns),
            (3, 1) when IsInOrder && shape[2] == Index.Length => new CallAxes(MapOrder.ChannelTokens, Rows, Columns),
            (3 or 4, _) => new CallAxes(MapOrder.Windows),
            _ => default,
        };
    }

    private static Predicate<int> Follows(int next) => index => index == next++;
}
