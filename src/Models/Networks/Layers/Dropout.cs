using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Drops values in training; passes them on otherwise.</summary>
internal sealed class Dropout(double probability = 0.5) : Block(nameof(Dropout))
{
    public override Tensor forward(Tensor input) =>
        training ? nn.functional.dropout(input, probability, training: true) : input.alias();
}
