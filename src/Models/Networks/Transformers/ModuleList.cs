using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Holds modules under their numbers; who owns it calls them, it is never called itself.</summary>
internal sealed class ModuleList : Block
{
    public ModuleList(IEnumerable<nn.Module<Tensor, Tensor>> items)
        : base(nameof(ModuleList))
    {
        Items = [.. items.Select((item, i) => Add($"{i}", item))];
    }

    public nn.Module<Tensor, Tensor>[] Items { get; }

    public override Tensor forward(Tensor input) => throw new NotSupportedException("A list of modules is not called; its items are.");
}
