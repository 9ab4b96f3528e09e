using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights;

/// <summary>Parameters and buffers of a network in PyTorch's order: a module's own parameters, its own buffers, then its children.</summary>
internal static class ModuleState
{
    public static IEnumerable<(string Key, Tensor Tensor)> Of(nn.Module module, string prefix = "")
    {
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in module.named_parameters(recurse: false))
        {
            yield return (prefix + name, parameter);
        }

        foreach ((string name, Tensor buffer) in module.named_buffers(recurse: false))
        {
            yield return (prefix + name, buffer);
        }

        foreach ((string name, nn.Module child) in module.named_children())
        {
            foreach ((string Key, Tensor Tensor) entry in Of(child, name.Length == 0 ? prefix : $"{prefix}{name}."))
            {
                yield return entry;
            }
        }
    }
}
