using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train.Tests;

public sealed class DemoPhantomsTests
{
    private const int Pixels = DemoPhantoms.Size * DemoPhantoms.Size;

    [Fact]
    public void The_same_seed_draws_the_same_bytes_on_every_machine() =>
        Assert.Equal("ab6343a09d096339", DemoHash.Of(Enumerable.Range(0, 30).Select(i => DemoPhantoms.Draw((ulong)i, i % 3))));

    [Fact]
    public void A_phantom_is_grey_and_has_a_lesion_unless_it_is_normal()
    {
        for (int seed = 0; seed < 45; seed++)
        {
            DemoScene scene = DemoPhantoms.Draw((ulong)seed, seed % 3);
            byte[] pixels = scene.Image.Pixels;
            Assert.False(Enumerable.Range(0, Pixels).Any(i => pixels[i * 3] != pixels[(i * 3) + 1] || pixels[i * 3] != pixels[(i * 3) + 2]), $"seed {seed}: not grey");
            Assert.Equal(seed % 3 == 0 ? 0 : 1, scene.Objects.Count);
            Assert.All(scene.Objects, o => Assert.Equal((seed % 3, DemoPhantoms.ClassNames[seed % 3]), (o.ClassIndex, o.Name)));
            Assert.All(scene.Objects, o => Assert.InRange(o.Mask.Count(m => m == 255), 300, Pixels / 4));
        }
    }

    [Fact]
    public void A_lesion_is_darker_than_the_tissue()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            DemoScene scene = DemoPhantoms.Draw((ulong)seed, 1 + (seed % 2));
            byte[] mask = scene.Objects[0].Mask;
            double inside = Enumerable.Range(0, Pixels).Where(i => mask[i] != 0).Average(i => scene.Image.Pixels[i * 3]);
            double outside = Enumerable.Range(0, Pixels).Where(i => mask[i] == 0).Average(i => scene.Image.Pixels[i * 3]);
            Assert.True(inside < outside - 15, $"seed {seed}: {inside:F0} inside, {outside:F0} outside");
        }
    }

    [Fact]
    public void A_malignant_margin_is_longer_for_its_area_than_a_benign_one()
    {
        // Compactness, perimeter² / area: what tells the classes apart must be there to be seen.
        double benign = Enumerable.Range(0, 40).Average(seed => Compactness(DemoPhantoms.Draw((ulong)seed, 1).Objects[0].Mask));
        double malignant = Enumerable.Range(0, 40).Average(seed => Compactness(DemoPhantoms.Draw((ulong)seed, 2).Objects[0].Mask));
        Assert.True(malignant > 1.5 * benign, $"benign {benign:F1}, malignant {malignant:F1}");
    }

    [Fact]
    public void An_unknown_class_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoPhantoms.Draw(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoPhantoms.Draw(1, -1));
    }

    private static double Compactness(byte[] mask)
    {
        int area = 0, edge = 0;
        for (int i = DemoPhantoms.Size; i < Pixels - DemoPhantoms.Size; i++)
        {
            if (mask[i] != 0)
            {
                area++;
                edge += (mask[i - 1] == 0 ? 1 : 0) + (mask[i + 1] == 0 ? 1 : 0) + (mask[i - DemoPhantoms.Size] == 0 ? 1 : 0) + (mask[i + DemoPhantoms.Size] == 0 ? 1 : 0);
            }
        }

        return (double)edge * edge / area;
    }
}
