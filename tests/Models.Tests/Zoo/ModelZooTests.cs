namespace CAManim.Native.Models.Tests.Zoo;

public sealed class ModelZooTests
{
    [Fact]
    public void An_unknown_name_suggests_near_ones() =>
        Assert.Contains("'resnet50'", Assert.Throws<ArgumentException>(() => ModelZoo.Create("resnet5")).Message);

    [Fact]
    public void Case_does_not_matter()
    {
        using LoadedModel model = ModelZoo.Create("ResNet18");
        Assert.Equal("resnet18", model.Name);
        Assert.False(model.Module.training);
    }

    [Fact]
    public void Names_are_described()
    {
        ModelInfo info = ModelZoo.Describe("resnet18");
        Assert.Equal(11689512, info.Parameters);
        Assert.Equal(68, info.Layers);
        Assert.Equal((224, 256, 1000), (info.InputSize, info.ResizeSize, info.Classes));
    }

    [Fact]
    public void The_CIFAR_networks_have_their_published_sizes() =>
        Assert.Equal([269722L, 464154, 658586, 853018], new[] { 20, 32, 44, 56 }.Select(n => ModelZoo.Describe($"cifar10_resnet{n}").Parameters));
}
