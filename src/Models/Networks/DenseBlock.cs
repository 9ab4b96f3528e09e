using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks;

/// <summary>Every layer sees the joined outputs of all before it; torchvision's layers join a list themselves, here they are given it joined.</summary>
internal sealed class DenseBlock : Block
{
    private readonly List<nn.Module<Tensor, Tensor>> _layers = [];

    public DenseBlock(IEnumerable<nn.Module<Tensor, Tensor>> layers)
        : base("_DenseBlock")
    {
        foreach (nn.Module<Tensor, Tensor> layer in layers)
        {
            _layers.Add(Add($"denselayer{_layers.Count + 1}", layer));
        }
    }

    public override Tensor forward(Tensor input)
    {
        var features = new List<Tensor>(_layers.Count + 1) { input };
        foreach (nn.Module<Tensor, Tensor> layer in _layers)
        {
            using Tensor joined = cat(features, 1);
            features.Add(layer.call(joined));
        }

        Tensor result = cat(features, 1);
        features.Skip(1).ToList().ForEach(f => f.Dispose());
        return result;
    }
}
