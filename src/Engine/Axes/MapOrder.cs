namespace CAManim.Native.Engine.Axes;

/// <summary>What the dimensions of a module's output mean.</summary>
internal enum MapOrder
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>[N,C,h,w].</summary>
    ChannelsFirst,

    /// <summary>[N,h,w,C].</summary>
    ChannelsLast,

    /// <summary>[N,T,C], row by row.</summary>
    Tokens,

    /// <summary>[N,C,T], row by row.</summary>
    ChannelTokens,

    /// <summary>Positions that do not stand row by row.</summary>
    Windows,

    /// <summary>A dimension that is computed from positions and channels alike.</summary>
    Mixed,
}
