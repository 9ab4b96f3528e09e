using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>GoogLeNet (Szegedy 2015) and Inception version 3 (Szegedy 2016), with their auxiliary heads, which only training uses.</summary>
internal static class InceptionFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("googlenet", GoogLeNet) { Mean = Half, StandardDeviation = Half },
        new("inception_v3", Inception3, InputSize: 299, ResizeSize: 342) { Mean = Half, StandardDeviation = Half },
    ];

    /// <summary>The published weights come from TensorFlow; torchvision normalises as for the others and turns that into this inside of the network (transform_input).</summary>
    private static float[] Half => [0.5f, 0.5f, 0.5f];

    private static AuxiliaryNetwork GoogLeNet() => new(
        "GoogLeNet",
        ("conv1", Conv(3, 64, 7, 2, 3)),
        ("maxpool1", Function.MaxPool2d(3, 2, ceilMode: true)),
        ("conv2", Conv(64, 64, 1)),
        ("conv3", Conv(64, 192, 3, 1, 1)),
        ("maxpool2", Function.MaxPool2d(3, 2, ceilMode: true)),
        ("inception3a", Mixed(192, 64, 96, 128, 16, 32, 32)),
        ("inception3b", Mixed(256, 128, 128, 192, 32, 96, 64)),
        ("maxpool3", Function.MaxPool2d(3, 2, ceilMode: true)),
        ("inception4a", Mixed(480, 192, 96, 208, 16, 48, 64)),
        ("inception4b", Mixed(512, 160, 112, 224, 24, 64, 64)),
        ("inception4c", Mixed(512, 128, 128, 256, 24, 64, 64)),
        ("inception4d", Mixed(512, 112, 144, 288, 32, 64, 64)),
        ("inception4e", Mixed(528, 256, 160, 320, 32, 128, 128)),
        ("maxpool4", Function.MaxPool2d(2, 2, ceilMode: true)),
        ("inception5a", Mixed(832, 256, 160, 320, 32, 128, 128)),
        ("inception5b", Mixed(832, 384, 192, 384, 48, 128, 128)),
        ("aux1", GoogLeNetAuxiliary(512)),
        ("aux2", GoogLeNetAuxiliary(528)),
        ("avgpool", Function.AdaptiveAvgPool2d()),
        (null, Function.Flatten()),
        ("dropout", new Dropout(0.2)),
        ("fc", Linear.Head(1024)));

    /// <summary>The third branch has 3x3 where the paper has 5x5, as in torchvision.</summary>
    private static Branching Mixed(int channels, int one, int threeReduced, int three, int fiveReduced, int five, int pool) => new("Inception", new Branch(
        [],
        Branch.Of(("branch1", Conv(channels, one, 1))),
        Branch.Of(("branch2", new Sequential(Conv(channels, threeReduced, 1), Conv(threeReduced, three, 3, 1, 1)))),
        Branch.Of(("branch3", new Sequential(Conv(channels, fiveReduced, 1), Conv(fiveReduced, five, 3, 1, 1)))),
        Branch.Of(("branch4", new Sequential(Function.MaxPool2d(3, 1, 1, ceilMode: true), Conv(channels, pool, 1))))));

    private static Pipeline GoogLeNetAuxiliary(int channels) => new(
        "InceptionAux",
        (null, Function.AdaptiveAvgPool2d(4)),
        ("conv", Conv(channels, 128, 1)),
        (null, Function.Flatten()),
        ("fc1", new Linear(2048, 1024)),
        (null, Function.ReLU()),
        ("fc2", Linear.Head(1024)),
        ("dropout", new Dropout(0.7)));

    private static AuxiliaryNetwork Inception3() => new(
        "Inception3",
        ("Conv2d_1a_3x3", Conv(3, 32, 3, 2)),
        ("Conv2d_2a_3x3", Conv(32, 32, 3)),
        ("Conv2d_2b_3x3", Conv(32, 64, 3, 1, 1)),
        ("maxpool1", Function.MaxPool2d(3, 2)),
        ("Conv2d_3b_1x1", Conv(64, 80, 1)),
        ("Conv2d_4a_3x3", Conv(80, 192, 3)),
        ("maxpool2", Function.MaxPool2d(3, 2)),
        ("Mixed_5b", MixedA(192, 32)),
        ("Mixed_5c", MixedA(256, 64)),
        ("Mixed_5d", MixedA(288, 64)),
        ("Mixed_6a", MixedB(288)),
        ("Mixed_6b", MixedC(128)),
        ("Mixed_6c", MixedC(160)),
        ("Mixed_6d", MixedC(160)),
        ("Mixed_6e", MixedC(192)),
        ("AuxLogits", new Pipeline(
            "InceptionAux",
            (null, Function.AvgPool2d(5, 3)),
            ("conv0", Conv(768, 128, 1)),
            ("conv1", Conv(128, 768, 5)),
            (null, Function.AdaptiveAvgPool2d()),
            (null, Function.Flatten()),
            ("fc", Linear.Head(768)))),
        ("Mixed_7a", MixedD(768)),
        ("Mixed_7b", MixedE(1280)),
        ("Mixed_7c", MixedE(2048)),
        ("avgpool", Function.AdaptiveAvgPool2d()),
        ("dropout", new Dropout()),
        (null, Function.Flatten()),
        ("fc", Linear.Head(2048)));

    private static Branching MixedA(int channels, int pool) => new("InceptionA", new Branch(
        [],
        Branch.Of(("branch1x1", Conv(channels, 64, 1))),
        Branch.Of(("branch5x5_1", Conv(channels, 48, 1)), ("branch5x5_2", Conv(48, 64, 5, 1, 2))),
        Branch.Of(("branch3x3dbl_1", Conv(channels, 64, 1)), ("branch3x3dbl_2", Conv(64, 96, 3, 1, 1)), ("branch3x3dbl_3", Conv(96, 96, 3, 1, 1))),
        Branch.Of((null, Function.AvgPool2d(3, 1, 1)), ("branch_pool", Conv(channels, pool, 1)))));

    private static Branching MixedB(int channels) => new("InceptionB", new Branch(
        [],
        Branch.Of(("branch3x3", Conv(channels, 384, 3, 2))),
        Branch.Of(("branch3x3dbl_1", Conv(channels, 64, 1)), ("branch3x3dbl_2", Conv(64, 96, 3, 1, 1)), ("branch3x3dbl_3", Conv(96, 96, 3, 2))),
        Branch.Of((null, Function.MaxPool2d(3, 2)))));

    private static Branching MixedC(int c) => new("InceptionC", new Branch(
        [],
        Branch.Of(("branch1x1", Conv(768, 192, 1))),
        Branch.Of(("branch7x7_1", Conv(768, c, 1)), ("branch7x7_2", Row(c, c, 7)), ("branch7x7_3", Column(c, 192, 7))),
        Branch.Of(("branch7x7dbl_1", Conv(768, c, 1)), ("branch7x7dbl_2", Column(c, c, 7)), ("branch7x7dbl_3", Row(c, c, 7)), ("branch7x7dbl_4", Column(c, c, 7)), ("branch7x7dbl_5", Row(c, 192, 7))),
        Branch.Of((null, Function.AvgPool2d(3, 1, 1)), ("branch_pool", Conv(768, 192, 1)))));

    private static Branching MixedD(int channels) => new("InceptionD", new Branch(
        [],
        Branch.Of(("branch3x3_1", Conv(channels, 192, 1)), ("branch3x3_2", Conv(192, 320, 3, 2))),
        Branch.Of(("branch7x7x3_1", Conv(channels, 192, 1)), ("branch7x7x3_2", Row(192, 192, 7)), ("branch7x7x3_3", Column(192, 192, 7)), ("branch7x7x3_4", Conv(192, 192, 3, 2))),
        Branch.Of((null, Function.MaxPool2d(3, 2)))));

    private static Branching MixedE(int channels) => new("InceptionE", new Branch(
        [],
        Branch.Of(("branch1x1", Conv(channels, 320, 1))),
        new Branch([("branch3x3_1", Conv(channels, 384, 1))], Branch.Of(("branch3x3_2a", Row(384, 384, 3))), Branch.Of(("branch3x3_2b", Column(384, 384, 3)))),
        new Branch(
            [("branch3x3dbl_1", Conv(channels, 448, 1)), ("branch3x3dbl_2", Conv(448, 384, 3, 1, 1))],
            Branch.Of(("branch3x3dbl_3a", Row(384, 384, 3))), Branch.Of(("branch3x3dbl_3b", Column(384, 384, 3)))),
        Branch.Of((null, Function.AvgPool2d(3, 1, 1)), ("branch_pool", Conv(channels, 192, 1)))));

    private static Pipeline Row(int channels, int next, int length) => Conv(channels, next, (1, length), 1, (0, length / 2));

    private static Pipeline Column(int channels, int next, int length) => Conv(channels, next, (length, 1), 1, (length / 2, 0));

    private static Pipeline Conv(int channels, int next, Extent kernel, int stride = 1, Extent padding = default) => new(
        "BasicConv2d",
        ("conv", new Conv2d(channels, next, kernel, stride, padding, hasBias: false)),
        ("bn", new BatchNorm2d(next, 0.001)),
        (null, Function.ReLU()));
}
