namespace CAManim.Native.Cli.Running;

/// <summary>What a figure shows.</summary>
internal enum FigureKind
{
    /// <summary>Maps at percentiles of depth, a row for each picture and target.</summary>
    Strip,

    /// <summary>The same maps, each in its own range and all in one.</summary>
    Norms,

    /// <summary>ybROAD of pictures that the network takes for what they are and for something else, with the maps of some depths under it.</summary>
    Failures,
}
