using CAManim.Native.Engine.Localisation;

namespace CAManim.Native.Engine.Tests.Localisation;

public sealed class PointingGameTests
{
    private static readonly byte[] LeftHalf = [255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0];

    [Fact]
    public void A_maximum_in_the_mask_is_a_hit_and_one_beside_it_a_miss()
    {
        Assert.True(PointingGame.Hits([9, 1, 2, 3], 2, 2, LeftHalf, 4, 4));
        Assert.False(PointingGame.Hits([1, 9, 2, 3], 2, 2, LeftHalf, 4, 4));
    }

    [Fact]
    public void A_map_of_the_mask_s_size_is_taken_as_it_is()
    {
        float[] map = new float[16];
        map[9] = 1;
        Assert.Equal(9, PointingGame.Point(map, 4, 4, 4, 4));
        Assert.True(PointingGame.Hits(map, 4, 4, LeftHalf, 4, 4));
    }

    [Fact]
    public void Of_equal_maxima_the_first_row_by_row_is_the_point() => Assert.Equal(1, PointingGame.Point([0, 5, 5, 5], 2, 2, 2, 2));

    [Fact]
    public void Negative_maps_point_to_their_greatest_value() => Assert.Equal(2, PointingGame.Point([-4, -3, -1, -2], 2, 2, 2, 2));

    [Theory]
    [InlineData(0f)]
    [InlineData(7f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_map_of_one_value_points_nowhere(float value)
    {
        float[] map = [value, value, value, value];
        Assert.Equal(-1, PointingGame.Point(map, 2, 2, 4, 4));
        Assert.False(PointingGame.Hits(map, 2, 2, Enumerable.Repeat((byte)1, 16).ToArray(), 4, 4));
    }

    [Fact]
    public void Values_that_are_not_finite_are_passed_over() => Assert.Equal(3, PointingGame.Point([float.NaN, 1, float.PositiveInfinity, 2], 2, 2, 2, 2));

    [Fact]
    public void The_point_moves_with_the_maximum_over_every_size()
    {
        for (int size = 1; size <= 17; size++)
        {
            for (int cell = 0; cell < 9; cell++)
            {
                float[] map = new float[9];
                map[cell] = 1;
                int point = PointingGame.Point(map, 3, 3, 3 * size, 3 * size);
                Assert.Equal((cell / 3, cell % 3), (point / (3 * size) / size, point % (3 * size) / size));
            }
        }
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PointingGame.Hits([1, 2, 3], 2, 2, LeftHalf, 4, 4));
        Assert.Throws<ArgumentException>(() => PointingGame.Hits([1, 2, 3, 4], 2, 2, LeftHalf, 4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PointingGame.Hits([1, 2, 3, 4], 2, 2, [], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PointingGame.Point([1, 2, 3, 4], 2, 2, 0, 4));
    }
}
