namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>The zoo against torchvision: one network or more of every family.</summary>
public sealed class ReferenceModelTests
{
    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    [InlineData("resnext50_32x4d")]
    public void The_network_equals_torchvision_s(string name) => ReferenceComparison.Run(name);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("resnet34")]
    [InlineData("resnet101")]
    [InlineData("resnet152")]
    [InlineData("resnext101_32x8d")]
    [InlineData("resnext101_64x4d")]
    [InlineData("wide_resnet50_2")]
    [InlineData("wide_resnet101_2")]
    public void The_large_network_equals_torchvision_s(string name) => ReferenceComparison.Run(name);
}
