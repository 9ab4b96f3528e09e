namespace CAManim.Native.Engine.Methods;

/// <summary>What a method is, what it needs, and what it costs.</summary>
public sealed record MethodDescription
{
    /// <summary>One forward and one backward, which costs about two.</summary>
    internal const double SharedForwards = 3;

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

    /// <summary>Forwards of the network that every channel of a layer costs; 0 where the number of channels does not matter.</summary>
    public int ForwardsPerChannel { get; init; }

    /// <summary>Forwards that every position of a layer costs.</summary>
    public int ForwardsPerPosition { get; init; }

    /// <summary>Forwards that every layer costs; a backward counts as two.</summary>
    public int ForwardsPerLayer { get; init; }

    /// <summary>Whether one forward and one backward (a target) are all it needs, shared by all layers and with other such methods.</summary>
    public bool IsOfOnePass => ForwardsPerChannel == 0 && ForwardsPerPosition == 0 && ForwardsPerLayer == 0;

    /// <summary>Whether its maps are made of those of other methods, which must not be so themselves.</summary>
    public bool IsMadeOfOthers { get; init; }

    /// <summary>Whether only some kinds of layers have a map.</summary>
    public bool IsForSomeLayers { get; init; }

    /// <summary>What <see cref="Compatibility.Reference"/> changes, or null where nothing.</summary>
    public string? Deviations { get; init; }

    /// <summary>The cost of a run in forwards, all layers together.</summary>
    /// <param name="layers">C, h and w of every layer.</param>
    /// <returns>3 for the shared forward and backward (a backward costs about two forwards) and what the layers cost; without the cost of the
    /// methods that this one is made of (<see cref="MethodCosts"/> has it).</returns>
    public double EstimateForwards(IEnumerable<(int Channels, int Height, int Width)> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return SharedForwards + layers.Sum(l => CountForwards(l.Channels, l.Height, l.Width));
    }

    internal double CountForwards(long channels, long height, long width) =>
        ForwardsPerLayer + (ForwardsPerChannel * (double)channels) + (ForwardsPerPosition * (double)height * width);
}
