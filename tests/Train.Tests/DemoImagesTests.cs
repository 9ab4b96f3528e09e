using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train.Tests;

public sealed class DemoImagesTests
{
    [Fact]
    public void Every_name_draws_a_picture()
    {
        Assert.All(DemoImages.Names, name => Assert.Equal(DemoScenes.Size, DemoImages.Draw(name).Image.Width));
        Assert.Contains(DemoImages.Names, name => DemoImages.Draw(name).Objects.Count == 2);
        Assert.Contains(DemoImages.Names, name => DemoImages.Draw(name).Objects.Any(o => o.Name == "malignant"));
    }

    [Fact]
    public void An_unknown_name_is_refused() => Assert.Contains("there are", Assert.Throws<ArgumentException>(() => DemoImages.Draw("cat")).Message);

    [Fact]
    public void Normalised_planes_are_what_is_computed_by_hand()
    {
        float[] planes = new float[6];
        DemoPreprocessing.Write(new RgbImage(2, 1, [0, 51, 102, 255, 204, 153]), planes);
        float[] expected = [-2, 2, -1.2f, 1.2f, -0.4f, 0.4f];
        Assert.All(planes.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.Throws<ArgumentException>(() => DemoPreprocessing.Write(new RgbImage(1, 1, [0, 0, 0]), new float[4]));
    }
}
