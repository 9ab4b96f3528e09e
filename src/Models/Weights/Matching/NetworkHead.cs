using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights.Matching;

/// <summary>A head of a network of the zoo.</summary>
/// <param name="Key">Where it stands, without a dot at its end.</param>
/// <param name="Layer">The layer.</param>
/// <param name="IsAuxiliary">Whether only training uses it.</param>
internal sealed record NetworkHead(string Key, IHead Layer, bool IsAuxiliary)
{
    /// <summary>The class of auxiliary heads, torchvision's.</summary>
    public const string AuxiliaryClass = "InceptionAux";

    public string WeightKey => $"{Key}.weight";

    public string BiasKey => $"{Key}.bias";

    /// <summary>All heads, in the network's order; none where it is not of the zoo.</summary>
    public static IReadOnlyList<NetworkHead> Of(nn.Module network)
    {
        List<NetworkHead> heads = [];
        Visit(network, "", isAuxiliary: false, heads);
        return heads;
    }

    /// <summary>Where auxiliary heads stand, each with a dot at its end.</summary>
    public static IReadOnlyList<string> AuxiliaryRoots(nn.Module network) =>
        [.. network.named_children().Where(c => c.module.GetName() == AuxiliaryClass).Select(c => c.name + ".")];

    private static void Visit(nn.Module module, string key, bool isAuxiliary, List<NetworkHead> heads)
    {
        if (module is IHead { IsHead: true } head)
        {
            heads.Add(new NetworkHead(key, head, isAuxiliary));
        }

        // Modules of others may hold themselves; only the zoo's have heads.
        if (module is Networks.Block)
        {
            foreach ((string name, nn.Module child) in module.named_children())
            {
                Visit(child, key.Length == 0 ? name : $"{key}.{name}", isAuxiliary || child.GetName() == AuxiliaryClass, heads);
            }
        }
    }
}
