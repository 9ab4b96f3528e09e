namespace CAManim.Native.Engine.Axes;

/// <summary>The picture's proportions, by which positions are told from other dimensions where nothing else tells.</summary>
/// <param name="Height">H of the input.</param>
/// <param name="Width">W of the input.</param>
internal readonly record struct InputGrid(long Height, long Width)
{
    // Odd sizes are rounded at every stride: that far may a map be from the input's aspect ratio, in pixels of the map.
    private const double AspectSlack = 2;

    /// <summary>Whether a map may have this size.</summary>
    public bool HasAspect(long height, long width) =>
        Math.Abs(((double)height * Width / Height) - width) <= AspectSlack
        || Math.Abs(((double)width * Height / Width) - height) <= AspectSlack;

    /// <summary>h x w with h·w = <paramref name="positions"/> and exactly the input's aspect ratio, or null.</summary>
    public (int Height, int Width)? Find(long positions)
    {
        if (positions < 4)
        {
            return null;
        }

        long height = (long)Math.Round(Math.Sqrt((double)positions * Height / Width));
        return height > 0 && positions % height == 0 && height * Width == positions / height * Height
            ? ((int)height, (int)(positions / height))
            : null;
    }
}
