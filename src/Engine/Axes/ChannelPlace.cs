namespace CAManim.Native.Engine.Axes;

/// <summary>Where a module, by what it is, has the channels of what it returns.</summary>
internal enum ChannelPlace
{
    /// <summary>It does not say.</summary>
    Unknown,

    /// <summary>Behind the images: [N,C,h,w].</summary>
    First,

    /// <summary>In the last dimension; the others are as they came.</summary>
    Last,
}
