namespace CAManim.Native.Engine.Methods;

/// <summary>What a method is, what it needs, and what it costs.</summary>
public sealed record MethodDescription
{
    /// <summary>The method.</summary>
    public required CamMethod Method { get; init; }

    /// <summary>Published name.</summary>
    public required string Name { get; init; }

    /// <summary>The formula of the signed map S of a layer; A activation, G gradient.</summary>
    public required string Formula { get; init; }

    /// <summary>Paper and equation, or the program that the method comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the map depends on the gradient of the target.</summary>
    public bool NeedsGradient { get; init; }

    /// <summary>Whether the map depends on the target at all.</summary>
    public bool IsClassDiscriminative { get; init; } = true;

    /// <summary>Forwards of the network that every channel of a layer costs; 0 where one forward and backward is shared by all layers.</summary>
    public int ForwardsPerChannel { get; init; }

    /// <summary>What <see cref="Compatibility.Reference"/> changes, or null where nothing.</summary>
    public string? Deviations { get; init; }

    /// <summary>The cost of a run in forwards, all layers together.</summary>
    /// <param name="channels">C of every layer.</param>
    /// <returns>3 for the shared forward and backward (a backward costs about two forwards) and the forwards of the channels.</returns>
    public double EstimateForwards(IEnumerable<int> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return 3 + (ForwardsPerChannel * (double)channels.Sum(c => (long)c));
    }
}
