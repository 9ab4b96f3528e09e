using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.ResNets;

/// <summary>ResNet (He 2016), ResNeXt (Xie 2017), Wide ResNet (Zagoruyko 2016).</summary>
internal sealed class ResNet : Block
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Function _relu;
    private readonly Function _maxpool;
    private readonly Sequential[] _layers = new Sequential[4];
    private readonly Function _avgpool;
    private readonly Linear _fc;

    /// <param name="blocks">Blocks of the four stages.</param>
    /// <param name="bottleneck">Bottlenecks instead of basic blocks.</param>
    /// <param name="groups">Groups of the 3x3 convolutions.</param>
    /// <param name="baseWidth">Channels a group of the first stage.</param>
    public ResNet(int[] blocks, bool bottleneck, int groups = 1, int baseWidth = 64)
        : base(nameof(ResNet))
    {
        _conv1 = Add("conv1", new Conv2d(3, 64, 7, 2, 3, hasBias: false));
        _bn1 = Add("bn1", new BatchNorm2d(64));
        _relu = Add("relu", Function.ReLU());
        _maxpool = Add("maxpool", Function.MaxPool2d(3, 2, 1));
        int channels = 64;
        for (int stage = 0; stage < 4; stage++)
        {
            _layers[stage] = Add($"layer{stage + 1}", Stage(ref channels, 64 << stage, blocks[stage], stage == 0 ? 1 : 2, bottleneck, groups, baseWidth));
        }

        _avgpool = Add("avgpool", Function.AdaptiveAvgPool2d());
        _fc = Add("fc", Linear.Head(channels));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor features = Chain(input, _conv1, _bn1, _relu, _maxpool, _layers[0], _layers[1], _layers[2], _layers[3], _avgpool);
        using Tensor flat = features.flatten(1);
        return _fc.call(flat);
    }

    private static Sequential Stage(ref int channels, int planes, int blocks, int stride, bool bottleneck, int groups, int baseWidth)
    {
        int outChannels = planes * (bottleneck ? Bottleneck.Expansion : BasicBlock.Expansion);
        var stage = new List<nn.Module<Tensor, Tensor>>(blocks);
        for (int i = 0; i < blocks; i++)
        {
            int step = i == 0 ? stride : 1;
            Sequential? downsample = step != 1 || channels != outChannels
                ? new Sequential(new Conv2d(channels, outChannels, 1, step, hasBias: false), new BatchNorm2d(outChannels))
                : null;
            stage.Add(bottleneck
                ? new Bottleneck(channels, planes, step, downsample, groups, baseWidth)
                : new BasicBlock(channels, planes, step, downsample));
            channels = outChannels;
        }

        return new Sequential(stage);
    }
}
