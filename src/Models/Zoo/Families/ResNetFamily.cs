using CAManim.Native.Models.Networks.ResNets;

namespace CAManim.Native.Models;

/// <summary>ResNet, ResNeXt, Wide ResNet and the CIFAR-10 ResNets.</summary>
internal static class ResNetFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("resnet18", () => new ResNet([2, 2, 2, 2], bottleneck: false)),
        new("resnet34", () => new ResNet([3, 4, 6, 3], bottleneck: false)),
        new("resnet50", () => new ResNet([3, 4, 6, 3], bottleneck: true)),
        new("resnet101", () => new ResNet([3, 4, 23, 3], bottleneck: true)),
        new("resnet152", () => new ResNet([3, 8, 36, 3], bottleneck: true)),
        new("resnext50_32x4d", () => new ResNet([3, 4, 6, 3], bottleneck: true, groups: 32, baseWidth: 4)),
        new("resnext101_32x8d", () => new ResNet([3, 4, 23, 3], bottleneck: true, groups: 32, baseWidth: 8)),
        new("resnext101_64x4d", () => new ResNet([3, 4, 23, 3], bottleneck: true, groups: 64, baseWidth: 4)),
        new("wide_resnet50_2", () => new ResNet([3, 4, 6, 3], bottleneck: true, baseWidth: 128)),
        new("wide_resnet101_2", () => new ResNet([3, 4, 23, 3], bottleneck: true, baseWidth: 128)),
        Cifar("cifar10_resnet20", 3),
        Cifar("cifar10_resnet32", 5),
        Cifar("cifar10_resnet44", 7),
        Cifar("cifar10_resnet56", 9),
    ];

    private static Architecture Cifar(string name, int blocks) =>
        new(name, () => new CifarResNet(blocks), InputSize: 32, ResizeSize: 32) { Classes = ClassNames.Cifar10 };
}
