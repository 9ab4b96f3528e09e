using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Methods.Components;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class ComponentTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(5, 4)]
    [InlineData(7, 63)]
    [InlineData(70, 49)]
    [InlineData(33, 257)]
    public void ProjectionIsThatOfASlowPowerIteration(int channels, int positions)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] a = Fill(channels * positions, 11);
        float[] projection = new float[positions];
        float[] strength = new float[positions];
        LayerTensors layer = Layer(a, channels, positions);
        PrincipalComponent.Project(CentredChannels.Make(layer, GradientFactor.None, strength), projection);
        float[] expected = SlowComponent.Project([.. a.Select(v => (double)v)], channels, positions);
        float[] turned = [.. expected.Select(v => -v)];
        Assert.InRange(Math.Min(Numbers.RelativeL2(projection, expected), Numbers.RelativeL2(projection, turned)), 0, 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void LargestEigenvalueOfIndefiniteMatrices(int size)
    {
        // v v^T - 5 w w^T with orthogonal v, w of length 1: the largest eigenvalue is 1, the largest magnitude -5.
        double[] v = [.. Enumerable.Range(0, size).Select(i => i % 2 == 0 ? 1.0 : 0)];
        double[] w = [.. Enumerable.Range(0, size).Select(i => i % 2 == 0 ? 0 : 1.0)];
        double vv = v.Sum();
        double ww = Math.Max(1, w.Sum());
        float[] matrix = new float[size * size];
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = (float)((v[i / size] * v[i % size] / vv) - (5 * w[i / size] * w[i % size] / ww));
        }

        float[] vector = new float[size];
        Assert.Equal(1, Lanczos.FindLargest(new StoredMatrix(matrix), vector), 5);
        Assert.Equal(1 / Math.Sqrt(vv), Math.Abs(vector[0]), 5);
    }

    [Fact]
    public void ConstantChannelsGiveZerosAndInfinityGivesNaN()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] map = new float[4];
        new EigenCam().Reduce(Layer([1, 1, 1, 1, 2, 2, 2, 2], 2, 4), map);
        Assert.Equal([0, 0, 0, 0], map);
        new EigenCam().Reduce(Layer([1, float.PositiveInfinity, 1, 1, 2, 2, 2, 2], 2, 4), map);
        Assert.All(map, v => Assert.True(float.IsNaN(v)));
        float[] withZero = new float[4];
        new EigenCam().Reduce(Layer([1, float.NaN, 3, 4, 2, 2, 2, 2], 2, 4), map);
        new EigenCam().Reduce(Layer([1, 0, 3, 4, 2, 2, 2, 2], 2, 4), withZero);
        Assert.Equal(withZero, map);
    }

    [Fact]
    public void SignFollowsTheStrengthWhateverTheActivationsSign()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] map = new float[4];
        new EigenCam().Reduce(Layer([0, 0, 5, 1], 1, 4), map);
        Assert.True(map[2] > 0);
        new EigenCam().Reduce(Layer([0, 0, -5, -1], 1, 4), map);
        Assert.True(map[2] > 0);
    }

    [Fact]
    public void KernelComponentOfManyPositionsAgreesWithThatOfAll()
    {
        using DisposeScope scope = NewDisposeScope();

        // 66 x 66 positions are more than the 4096 of one kernel; a smooth layer has the same component on a part of them.
        const int side = 66;
        float[] a = [.. Enumerable.Range(0, 3 * side * side).Select(i => (float)Math.Sin((((i % (side * side)) / side) + (2 * (i % side)) + (i / (side * side) * 20)) / 25.0))];
        float[] map = new float[side * side];
        new KpcaCam().Reduce(Layer(a, 3, side * side, side), map);
        Assert.All(map, v => Assert.True(float.IsFinite(v)));

        float[] half = [.. Enumerable.Range(0, 3 * 33 * 33).Select(i => a[(i / (33 * 33) * side * side) + (i / 33 % 33 * 2 * side) + (i % 33 * 2)])];
        float[] expected = new float[33 * 33];
        new KpcaCam().Reduce(Layer(half, 3, 33 * 33, 33), expected);
        float[] some = [.. Enumerable.Range(0, 33 * 33).Select(i => map[(i / 33 * 2 * side) + (i % 33 * 2)])];

        // The channels' means differ by what the left out positions hold.
        Assert.InRange(Numbers.RelativeL2(some, expected), 0, 0.02);
    }

    private static LayerTensors Layer(float[] a, int channels, int positions, int width = 0) => new()
    {
        Name = "layer",
        Activation = a,
        Gradient = a,
        Channels = channels,
        Height = width == 0 ? 1 : positions / width,
        Width = width == 0 ? positions : width,
        Options = new CamOptions(),
    };

    private static float[] Fill(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(i => (float)(random.NextDouble() + (2 * Math.Sin(i * 0.37))))];
    }
}
