namespace CAManim.Native.Engine.Road.Drops;

/// <summary>What the network makes of the image times a layer's map.</summary>
/// <remarks>Y is the class's score of the image (see <see cref="Results.CamResult.Activation"/>), O that of the image times the map scaled to [0,1].</remarks>
public sealed record LayerDrop
{
    /// <summary>Name of the layer's frame.</summary>
    public required string Name { get; init; }

    /// <summary>O, 0 to 1; null where the map cannot be scaled.</summary>
    public float? Score { get; init; }

    /// <summary>max(0, Y - O) / Y, 0 to 1, low is good (Chattopadhay 2018, without the factor 100).</summary>
    public float? Drop { get; init; }

    /// <summary>Whether O is above Y; its mean over images is the increase in confidence.</summary>
    public bool? IsIncrease { get; init; }

    /// <summary>Mean of the scaled map, 0 to 1, low is good.</summary>
    public float? Complexity { get; init; }

    /// <summary>(1 + r) / 2, 0 to 1, high is good: r is Pearson's correlation of the map with the map of the masked image. Null where that has one value only.</summary>
    public float? Coherency { get; init; }

    /// <summary>
    /// ADCC (Poppi 2021), the harmonic mean of coherency, 1 - complexity and 1 - drop: 0 to 1, high is good; 0 where one of them is.
    /// Null where one is missing.
    /// </summary>
    public float? Adcc { get; init; }

    /// <summary>Why there are no values, or null.</summary>
    public string? Reason { get; init; }
}
