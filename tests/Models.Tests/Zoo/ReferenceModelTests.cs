using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>The zoo against torchvision: every network once, those of every family that are quick to compute by default.</summary>
[Collection(nameof(Alone))]
public sealed class ReferenceModelTests
{
    private static readonly string[] Quick =
    [
        "alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "efficientnet_v2_s", "googlenet", "inception_v3",
        "mnasnet0_5", "mobilenet_v2", "mobilenet_v3_small", "regnet_x_400mf", "regnet_y_400mf", "resnet18", "resnet50",
        "resnext50_32x4d", "wide_resnet50_2", "shufflenet_v2_x0_5", "squeezenet1_1", "vgg11", "vgg11_bn", "maxvit_t", "swin_t", "swin_v2_t", "vit_b_32",
    ];

    public static TheoryData<string> QuickNetworks => [.. Quick];

    public static TheoryData<string> OtherNetworks => [.. ModelZoo.Names.Except(Quick).Where(n => PublishedWeights.Of(n).Count > 0)];

    [Theory]
    [MemberData(nameof(QuickNetworks))]
    public void The_network_equals_torchvision_s(string name) => ReferenceComparison.Run(name);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(OtherNetworks))]
    public void The_larger_network_equals_torchvision_s(string name) => ReferenceComparison.Run(name);
}
