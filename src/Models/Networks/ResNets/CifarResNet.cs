using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.ResNets;

/// <summary>The ResNets for CIFAR-10 (He 2016, section 4.2) with shortcuts without parameters (option A): 6n+2 layers.</summary>
internal sealed class CifarResNet : Block
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Sequential[] _layers = new Sequential[3];
    private readonly Linear _linear;

    /// <param name="blocks">n, the blocks a stage.</param>
    public CifarResNet(int blocks)
        : base(nameof(ResNet))
    {
        _conv1 = Add("conv1", new Conv2d(3, 16, 3, 1, 1, hasBias: false));
        _bn1 = Add("bn1", new BatchNorm2d(16));
        int channels = 16;
        for (int stage = 0; stage < 3; stage++)
        {
            int planes = 16 << stage;
            var steps = new List<nn.Module<Tensor, Tensor>>(blocks);
            for (int i = 0; i < blocks; i++)
            {
                steps.Add(new CifarBasicBlock(channels, planes, stage > 0 && i == 0 ? 2 : 1));
                channels = planes;
            }

            _layers[stage] = Add($"layer{stage + 1}", new Sequential(steps));
        }

        _linear = Add("linear", Linear.Head(64, 10));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor normalised = Chain(input, _conv1, _bn1);
        using Tensor active = normalised.relu();
        using Tensor features = Chain(active, _layers[0], _layers[1], _layers[2]);
        using Tensor pooled = features.mean([2, 3]);
        return _linear.call(pooled);
    }
}
