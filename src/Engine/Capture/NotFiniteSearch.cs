using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>Where NaN or infinity comes from, found by running the network again; only once it is known that there is some.</summary>
internal static class NotFiniteSearch
{
    private const string Advice = "Check the weights, and the picture's mean and deviation (--mean, --std).";

    /// <summary>Whether logits rank classes: none is NaN or +infinity, and not all are -infinity, with which networks leave classes out.</summary>
    public static bool AreUsable(ReadOnlySpan<float> logits)
    {
        bool isAny = logits.Length == 0;
        foreach (float logit in logits)
        {
            if (float.IsNaN(logit) || float.IsPositiveInfinity(logit))
            {
                return false;
            }

            isAny |= float.IsFinite(logit);
        }

        return isAny;
    }

    /// <summary>What is to be said of logits that are not usable.</summary>
    public static string Describe(ReadOnlySpan<float> logits)
    {
        int first = 0;
        while (!float.IsNaN(logits[first]) && !float.IsInfinity(logits[first]))
        {
            first++;
        }

        int count = 0;
        foreach (float logit in logits)
        {
            count += float.IsFinite(logit) ? 0 : 1;
        }

        return $"The network's output is not a number: {count} of {logits.Length} outputs are NaN or infinite, output {first} the first ({Name(logits[first])})";
    }

    /// <summary>The exception that says what was found and where it begins.</summary>
    /// <param name="model">The network, without the hooks of others at work.</param>
    /// <param name="nodes">Its modules.</param>
    /// <param name="input">What it was given, [N,C,H,W].</param>
    /// <param name="precision">What it computed in.</param>
    /// <param name="found">What is not finite, the beginning of a sentence.</param>
    public static NotFiniteException Explain(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor input, Precision precision, string found)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        if (!IsFinite(input))
        {
            return new NotFiniteException($"{found}. The input holds NaN or infinity already: give a picture or tensor of finite numbers.");
        }

        (ModuleNode Node, string Name)? first = FindFirst(model, nodes, input, precision);
        if (first is not var (node, name))
        {
            return new NotFiniteException($"{found}. The outputs of all {nodes.Count} modules that can be looked at are finite: it arises in a function between them. {Advice}");
        }

        string layer = name.Length == 0 ? $"the network itself ({node.ModuleClass})" : $"'{name}' ({node.ModuleClass})";
        string? parameter = FindParameter(node.Module);
        string cause = parameter is null ? "" : $", whose {parameter}";
        string advice = parameter is null && precision != Precision.Float32 ? "Numbers above 3e38 or of little precision come about in bfloat16: compute in float32. " : "";
        return new NotFiniteException($"{found}. The first layer whose output is not finite is {layer}{cause}. {advice}{Advice}", name);
    }

    private static (ModuleNode Node, string Name)? FindFirst(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor input, Precision precision)
    {
        (ModuleNode Node, string Name)? first = null;
        Dictionary<ModuleNode, int> calls = [];
        List<Action> removals = [];
        try
        {
            foreach (ModuleNode node in nodes)
            {
                Action? removal = ModuleHook.Register(node.Module, null, output =>
                {
                    int call = calls.GetValueOrDefault(node);
                    calls[node] = call + 1;
                    if (first is null && output is not null && !output.IsInvalid && !IsFinite(output))
                    {
                        first = (node, LayerReports.NameOf(node, call));
                    }

                    return output!;
                });
                if (removal is not null)
                {
                    removals.Add(removal);
                }
            }

            using Autocast? autocast = Autocast.For(precision, input);
            model.call(input.alias());
            return first;
        }
        finally
        {
            removals.ForEach(remove => remove());
        }
    }

    private static string? FindParameter(nn.Module module)
    {
        foreach ((string name, Tensor value) in module.named_parameters(recurse: false).Select(p => (p.name, (Tensor)p.parameter)).Concat(module.named_buffers(recurse: false).Select(b => (b.name, b.buffer))))
        {
            if (value.is_floating_point() && !IsFinite(value))
            {
                long count = value.numel() - value.isfinite().sum().to(ScalarType.Int64).item<long>();
                return $"'{name}' holds {count} values of {value.numel()} that are NaN or infinite";
            }
        }

        return null;
    }

    private static bool IsFinite(Tensor tensor) => !tensor.is_floating_point() || tensor.isfinite().all().item<bool>();

    private static string Name(float value) => float.IsNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";
}
