using CAManim.Native.Engine.Localisation;

namespace CAManim.Native.Engine.Tests.Localisation;

public sealed class EnergyInsideTests
{
    // Sums of at most 4096 float32 values in float64: only the rounding of the resize is left.
    private const double Tolerance = 1e-6;

    [Fact]
    public void The_share_is_what_is_computed_by_hand() => Assert.Equal(0.75, EnergyInside.Share([3, 0, 0, 1], 2, 2, [255, 0, 255, 0], 2, 2)!.Value, Tolerance);

    [Fact]
    public void Negative_values_count_as_zero() => Assert.Equal(1, EnergyInside.Share([2, -5, -1, 0], 2, 2, [1, 0, 0, 0], 2, 2)!.Value, Tolerance);

    [Fact]
    public void Negative_values_are_cut_before_the_resize()
    {
        // Were they cut afterwards, the -9 would eat into its neighbours' pixels.
        byte[] mask = new byte[16];
        mask.AsSpan(0, 8).Fill(1);
        Assert.Equal(EnergyInside.Share([1, 0, 1, 1], 2, 2, mask, 4, 4), EnergyInside.Share([1, -9, 1, 1], 2, 2, mask, 4, 4));
    }

    [Fact]
    public void A_constant_map_scores_the_mask_s_area()
    {
        byte[] mask = new byte[64 * 48];
        mask.AsSpan(100, 777).Fill(255);
        double share = EnergyInside.Share([2, 2, 2, 2, 2, 2], 2, 3, mask, 64, 48)!.Value;
        Assert.Equal(EnergyInside.AreaShare(mask), share, Tolerance);
        Assert.Equal(777.0 / (64 * 48), EnergyInside.AreaShare(mask));
    }

    [Fact]
    public void Inside_and_outside_add_up_to_one()
    {
        float[] map = [.. Enumerable.Range(0, 35).Select(i => MathF.Sin(i * 1.7f))];
        byte[] mask = [.. Enumerable.Range(0, 31 * 29).Select(i => (byte)(i % 3 == 0 ? 255 : 0))];
        byte[] rest = [.. mask.Select(m => (byte)(255 - m))];
        Assert.Equal(1, EnergyInside.Share(map, 5, 7, mask, 31, 29)!.Value + EnergyInside.Share(map, 5, 7, rest, 31, 29)!.Value, Tolerance);
    }

    [Fact]
    public void A_map_without_energy_has_no_share()
    {
        Assert.Null(EnergyInside.Share([0, -1, -2, 0], 2, 2, [1, 1, 1, 1], 2, 2));
        Assert.Null(EnergyInside.Share([float.NaN, float.NaN, float.NaN, float.NaN], 2, 2, [1, 1, 1, 1], 2, 2));
    }

    [Fact]
    public void Values_that_are_not_finite_count_for_nothing() =>
        Assert.Equal(0.25, EnergyInside.Share([float.NaN, 1, float.PositiveInfinity, 3], 2, 2, [1, 1, 0, 0], 2, 2)!.Value, Tolerance);

    [Fact]
    public void An_empty_mask_covers_nothing() => Assert.Equal(0, EnergyInside.AreaShare([]));

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EnergyInside.Share([1, 2, 3], 2, 2, [1, 1, 1, 1], 2, 2));
        Assert.Throws<ArgumentException>(() => EnergyInside.Share([1, 2, 3, 4], 2, 2, [1, 1, 1], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyInside.Share([1, 2, 3, 4], 2, 2, [], 0, 2));
    }
}
