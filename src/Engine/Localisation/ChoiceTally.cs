namespace CAManim.Native.Engine.Localisation;

/// <summary>How often the layer with the highest ROAD points at the object, against the final layer: over the same objects.</summary>
/// <param name="Choices">One an object.</param>
public sealed record ChoiceTally(IReadOnlyList<ObjectChoice> Choices)
{
    /// <summary>Share of the objects at which the final layer points, 0 to 1; null without objects.</summary>
    public double? FinalPointing => Share(c => c.Final.IsHit);

    /// <summary>Share of the objects at which the chosen layer points, 0 to 1; an object without a scored layer is a miss. Null without objects.</summary>
    public double? BestPointing => Share(c => c.Best is { IsHit: true });

    /// <summary><see cref="BestPointing"/> less <see cref="FinalPointing"/>: above 0 where choosing by ROAD helps.</summary>
    public double? Gain => BestPointing - FinalPointing;

    /// <summary>Objects at which the chosen layer points and the final one does not.</summary>
    public int OnlyBest => Choices.Count(c => c.Best is { IsHit: true } && !c.Final.IsHit);

    /// <summary>Objects at which the final layer points and the chosen one does not.</summary>
    public int OnlyFinal => Choices.Count(c => c.Final.IsHit && c.Best is not { IsHit: true });

    /// <summary>Objects for which the final layer's map is the chosen one.</summary>
    public int Same => Choices.Count(c => c.IsSame);

    /// <summary>Objects without a scored layer.</summary>
    public int Without => Choices.Count(c => c.Best is null);

    /// <summary>The layer chosen most often, the earlier by name among equals; null where none was.</summary>
    public string? UsualLayer => Choices.Where(c => c.Best is not null).GroupBy(c => c.Best!.Layer).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    private double? Share(Func<ObjectChoice, bool> isHit) => Choices.Count == 0 ? null : (double)Choices.Count(isHit) / Choices.Count;
}
