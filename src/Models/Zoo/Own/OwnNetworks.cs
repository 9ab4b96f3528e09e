using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>Which classes are networks, and how they are looked at before they run.</summary>
internal static class OwnNetworks
{
    private const int DepthLimit = 256;

    /// <summary>What a class returns for a tensor: the second argument of its <c>Module&lt;Tensor, TResult&gt;</c>; null where it is no such module.</summary>
    public static Type? ResultOf(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
        {
            if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(nn.Module<,>) && t.GetGenericArguments()[0] == typeof(Tensor))
            {
                return t.GetGenericArguments()[1];
            }
        }

        return null;
    }

    /// <summary>The network as one that gives logits.</summary>
    public static nn.Module<Tensor, Tensor> Wrap(nn.Module network)
    {
        Type wrapper = typeof(OwnNetwork<>).MakeGenericType(ResultOf(network.GetType())!);
        return (nn.Module<Tensor, Tensor>)Activator.CreateInstance(wrapper, network)!;
    }

    /// <summary>Modules that hold themselves would end the process: everything that walks them walks for ever.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void CheckTree(nn.Module network) => Visit(network, "", [], network.GetType().FullName);

    /// <summary>The first tensor in which two networks differ; null: they are the same.</summary>
    public static string? FirstDifference(nn.Module a, nn.Module b)
    {
        using var noGradient = no_grad();
        foreach (((string key, Tensor first), (_, Tensor second)) in Weights.ModuleState.Of(a).Zip(Weights.ModuleState.Of(b)))
        {
            // Bits, so that NaN is itself.
            using Tensor one = first.contiguous();
            using Tensor other = second.contiguous();
            if (!one.shape.SequenceEqual(other.shape) || one.dtype != other.dtype || !one.bytes.SequenceEqual(other.bytes))
            {
                return key;
            }
        }

        return null;
    }

    private static void Visit(nn.Module module, string key, List<nn.Module> path, string? type)
    {
        if (path.Exists(m => ReferenceEquals(m, module)) || path.Count > DepthLimit)
        {
            throw new ArgumentException($"The network {type} contains itself: '{(key.Length > 100 ? key[..100] + "..." : key)}' is a module that it stands in. Keep such a reference in a field that is no module (a Func, or a field set after RegisterComponents).");
        }

        path.Add(module);
        foreach ((string name, nn.Module child) in module.named_children())
        {
            Visit(child, key.Length == 0 ? name : $"{key}.{name}", path, type);
        }

        path.RemoveAt(path.Count - 1);
    }
}
