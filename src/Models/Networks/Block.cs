using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks;

/// <summary>
/// Base of every module of the zoo. Children are registered by explicit name, in torchvision's order, and are invoked through
/// <c>call</c>, the only way on which hooks fire. Nothing is changed in place.
/// </summary>
internal abstract class Block : nn.Module<Tensor, Tensor>
{
    /// <param name="className">The class that torchvision reports for this module.</param>
    protected Block(string className)
        : base(className)
    {
    }

    /// <summary>Depth first, a module before its children, as PyTorch has it (TorchSharp lists all children first).</summary>
    public override IEnumerable<(string name, nn.Module module)> named_modules()
    {
        foreach ((string name, nn.Module child) in named_children())
        {
            yield return (name, child);
            foreach ((string rest, nn.Module module) in child.named_modules())
            {
                yield return ($"{name}.{rest}", module);
            }
        }
    }

    /// <summary>Parameters, then buffers of a module, then its children: PyTorch's order (TorchSharp lists all parameters first).</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
    {
        destination ??= [];
        string path = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in named_parameters(recurse: false))
        {
            destination.TryAdd(path + name, parameter);
        }

        foreach ((string name, Tensor buffer) in named_buffers(recurse: false))
        {
            destination.TryAdd(path + name, buffer);
        }

        foreach ((string name, nn.Module child) in named_children())
        {
            child.state_dict(destination, path + name);
        }

        return destination;
    }

    /// <summary>Fields are not searched: every component is registered by name where it is made.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Registers a child under its torchvision name.</summary>
    protected T Add<T>(string name, T child)
        where T : nn.Module
    {
        register_module(name, child);
        return child;
    }

    /// <summary>
    /// A frozen parameter without values; whoever makes the network loads them. Random values would cost more than loading,
    /// and frozen weights let the backward pass keep fewer activations.
    /// </summary>
    protected TorchSharp.Modules.Parameter AddParameter(string name, params long[] shape)
    {
        var parameter = new TorchSharp.Modules.Parameter(empty(shape, ScalarType.Float32), requires_grad: false);
        register_parameter(name, parameter);
        return parameter;
    }

    /// <summary>Puts a parameter of another shape, without values, in the place of one; null: none.</summary>
    protected TorchSharp.Modules.Parameter? ReplaceParameter(string name, TorchSharp.Modules.Parameter? old, params long[]? shape)
    {
        TorchSharp.Modules.Parameter? parameter = shape is null ? null : new TorchSharp.Modules.Parameter(empty(shape, ScalarType.Float32), requires_grad: false);
        ConditionallyRegisterParameter(name, parameter);
        old?.Dispose();
        return parameter;
    }

    /// <summary>Calls the steps one after the other; what flows between them is disposed, the input and the result are not.</summary>
    protected static Tensor Chain(Tensor input, params ReadOnlySpan<nn.Module<Tensor, Tensor>> steps)
    {
        Tensor current = input;
        foreach (nn.Module<Tensor, Tensor> step in steps)
        {
            Tensor next = step.call(current);
            if (!ReferenceEquals(current, input) && !ReferenceEquals(current, next))
            {
                current.Dispose();
            }

            current = next;
        }

        return current;
    }
}
