using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>A module that runs the items of its list one after the other.</summary>
internal sealed class ModuleListBlock : Block
{
    private readonly ModuleList _list;

    public ModuleListBlock(string className, string name, IEnumerable<nn.Module<Tensor, Tensor>> items)
        : base(className)
    {
        _list = Add(name, new ModuleList(items));
    }

    public override Tensor forward(Tensor input) => Chain(input, _list.Items);
}
