using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train.Tests;

public sealed class DemoScenesTests
{
    private const int Pixels = DemoScenes.Size * DemoScenes.Size;

    [Fact]
    public void The_same_seed_draws_the_same_bytes_on_every_machine()
    {
        IEnumerable<DemoScene> scenes = Enumerable.Range(0, 40).Select(i => DemoScenes.DrawRandom((ulong)i, 1 + (i % 3)));
        Assert.Equal("fe4069a60f4bf2fd", DemoHash.Of(scenes));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        string expected = DemoHash.Of(Enumerable.Range(0, 16).Select(i => DemoScenes.DrawRandom((ulong)i, 2)));
        Assert.Equal(expected, DemoHash.Of(Enumerable.Range(0, 16).AsParallel().AsOrdered().Select(i => DemoScenes.DrawRandom((ulong)i, 2))));
    }

    [Fact]
    public void Another_seed_draws_another_picture() =>
        Assert.Equal(20, Enumerable.Range(0, 20).Select(i => DemoHash.Of([DemoScenes.Draw((ulong)i, 3)])).Distinct().Count());

    [Fact]
    public void Objects_come_in_the_order_asked_for_with_masks_that_do_not_overlap()
    {
        for (int seed = 0; seed < 32; seed++)
        {
            DemoScene scene = DemoScenes.Draw((ulong)seed, seed % 8, (seed + 3) % 8);
            Assert.Equal([seed % 8, (seed + 3) % 8], scene.Objects.Select(o => o.ClassIndex));
            Assert.Equal(DemoScenes.ClassNames[seed % 8], scene.Objects[0].Name);
            Assert.Equal((DemoScenes.Size, DemoScenes.Size), (scene.Image.Width, scene.Image.Height));
            Assert.All(scene.Objects, o => Assert.Equal(Pixels, o.Mask.Length));
            Assert.True(scene.Objects.All(o => o.Mask.All(m => m is 0 or 255)), $"seed {seed}: a mask holds other values than 0 and 255");
            Assert.False(Enumerable.Range(0, Pixels).Any(i => scene.Objects[0].Mask[i] + scene.Objects[1].Mask[i] > 255), $"seed {seed}: masks overlap");
        }
    }

    [Fact]
    public void Enough_of_every_object_is_seen_and_it_does_not_touch_the_border()
    {
        for (int seed = 0; seed < 96; seed++)
        {
            byte[] mask = DemoScenes.Draw((ulong)seed, seed % 8).Objects[0].Mask;
            int seen = mask.Count(m => m != 0);
            Assert.True(seen is > 180 and < Pixels / 3, $"seed {seed}: {seen} pixels of a {DemoScenes.ClassNames[seed % 8]} are seen");
            bool touches = Enumerable.Range(0, DemoScenes.Size).Any(i => mask[i] + mask[Pixels - 1 - i] + mask[i * DemoScenes.Size] > 0);
            Assert.False(touches, $"seed {seed}: the object touches the border");
        }
    }

    [Fact]
    public void An_object_stands_out_from_the_ground_around_it()
    {
        // The painter asks for a distance of 0.33 in RGB before light and grain; half of that must be left in nearly every picture.
        int clear = Enumerable.Range(0, 60).Count(seed => Contrast(DemoScenes.Draw((ulong)seed, seed % 8)) > 0.33 * 255 / 2);
        Assert.True(clear >= 56, $"{clear} of 60 objects stand out");
    }

    [Fact]
    public void Random_classes_are_balanced_and_different()
    {
        int[] counts = new int[8];
        for (int seed = 0; seed < 200; seed++)
        {
            int[] classes = [.. DemoScenes.DrawRandom((ulong)seed, 2).Objects.Select(o => o.ClassIndex)];
            Assert.Equal(2, classes.Distinct().Count());
            Array.ForEach(classes, c => counts[c]++);
        }

        // 400 draws over 8 classes: mean 50, deviation 6.6; four deviations.
        Assert.All(counts, count => Assert.InRange(count, 24, 76));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DemoScenes.Draw(1));
        Assert.Throws<ArgumentException>(() => DemoScenes.Draw(1, 0, 1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoScenes.Draw(1, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoScenes.Draw(1, -1));
        Assert.Throws<ArgumentException>(() => DemoScenes.DrawRandom(1, 0));
        Assert.Throws<ArgumentException>(() => DemoScenes.DrawRandom(1, 4));
    }

    // Distance between the mean colours of the object and of what lies within ten pixels of it.
    private static double Contrast(DemoScene scene)
    {
        byte[] mask = scene.Objects[0].Mask;
        double[] inside = new double[4], around = new double[4];
        for (int i = 0; i < Pixels; i++)
        {
            int x = i % DemoScenes.Size, y = i / DemoScenes.Size;
            double[]? sum = mask[i] != 0 ? inside : IsNear(mask, x, y) ? around : null;
            if (sum is not null)
            {
                sum[0] += scene.Image.Pixels[i * 3];
                sum[1] += scene.Image.Pixels[(i * 3) + 1];
                sum[2] += scene.Image.Pixels[(i * 3) + 2];
                sum[3]++;
            }
        }

        return Math.Sqrt(Enumerable.Range(0, 3).Sum(c => Math.Pow((inside[c] / inside[3]) - (around[c] / around[3]), 2)));
    }

    private static bool IsNear(byte[] mask, int x, int y)
    {
        (int, int)[] steps = [(10, 0), (-10, 0), (0, 10), (0, -10)];
        return steps.Any(step => x + step.Item1 is >= 0 and < DemoScenes.Size && y + step.Item2 is >= 0 and < DemoScenes.Size
            && mask[((y + step.Item2) * DemoScenes.Size) + x + step.Item1] != 0);
    }
}
