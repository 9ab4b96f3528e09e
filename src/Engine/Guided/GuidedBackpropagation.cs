using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Threads;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Guided;

/// <summary>
/// Guided backpropagation (Springenberg et al. 2015, "Striving for Simplicity: The All Convolutional Net", arXiv 1412.6806, figure 1): the
/// gradient of the target with respect to the picture, where every ReLU lets back only what is positive and what it let through forwards:
/// R_l = (f_l &gt; 0) · (R_{l+1} &gt; 0) · R_{l+1}.
/// </summary>
/// <remarks>
/// <para>For ReLU and ReLU6 modules, in place or not, and ONNX files' Relu. ReLUs that are functions in an own <c>forward</c> cannot be seen and
/// stay plain. The rule is not defined for smooth functions (SiLU, GELU): networks without ReLU are refused.</para>
/// <para>It shows what edges the network looks at; it depends little on the class (Adebayo et al. 2018), so it belongs beside maps, not in their place.</para>
/// </remarks>
public static class GuidedBackpropagation
{
    private static readonly HashSet<string> Rectifiers = ["ReLU", "Relu", "ReLU6"];

    private static readonly HashSet<string> Others = ["SiLU", "GELU", "Gelu", "Hardswish", "HardSwish", "ELU", "Elu", "LeakyReLU", "LeakyRelu", "PReLU", "PRelu", "Sigmoid", "Tanh", "Mish", "Softplus"];

    /// <summary>Computes it for one image.</summary>
    /// <param name="model">The network, as <see cref="CamEngine"/> takes it; left as it was found.</param>
    /// <param name="input">[1,C,H,W], normalised as the network expects it; not changed.</param>
    /// <param name="target">What is explained; null for the top class.</param>
    /// <exception cref="CamException">The network has no ReLU modules, or input, output or target do not fit.</exception>
    /// <exception cref="NotFiniteException">The network's outputs are NaN or infinite.</exception>
    public static GuidedGradients Compute(nn.Module<Tensor, Tensor> model, Tensor input, Target? target = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        target ??= Target.Top;
        if (input.shape is not [1, _, _, _])
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; one image [1,C,H,W] is expected.");
        }

        IReadOnlyList<ModuleNode> nodes = ModuleTree.Walk(model);
        ModuleNode[] rectifiers = [.. nodes.Where(n => Rectifiers.Contains(n.ModuleClass))];
        if (rectifiers.Length == 0)
        {
            string[] found = [.. nodes.Where(n => Others.Contains(n.ModuleClass)).GroupBy(n => n.ModuleClass).Select(g => $"{g.Count()} {g.Key}")];
            throw new CamException($"Guided backpropagation is defined for ReLU, and {(found.Length == 0 ? "no ReLU is a module of this network (functions in its forward cannot be seen)" : $"this network has {string.Join(", ", found)} in its place")}. Leave it out, or use a network with ReLU modules.");
        }

        lock (model)
        {
            List<Action> removals = [];
            try
            {
                using DisposeScope scope = NewDisposeScope();
                using ModelState state = new(model, nodes.Select(n => n.Module));
                using IDisposable recording = inference_mode(false);
                using IDisposable gradients = enable_grad();
                using LogitReader reader = new(model, nodes);
                removals.AddRange(rectifiers.Select(n => ModuleHook.Register(n.Module, null, output => output.requires_grad ? GuidedFunction.Insert(output) : output)).OfType<Action>());
                return Compute(model, nodes, input, target, reader, rectifiers.Length);
            }
            finally
            {
                removals.ForEach(remove => remove());
                TorchThreads.Release();
            }
        }
    }

    private static GuidedGradients Compute(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor input, Target target, LogitReader reader, int rectifiers)
    {
        Tensor leaf = input.clone().detach().requires_grad_(true);

        // A ReLU in place may come first, which a leaf must not meet.
        Tensor output = model.call(leaf.clone());
        Tensor logits = reader.Read(output, 1);
        float[] values = [];
        if (logits.dim() == 2)
        {
            values = MemoryMarshal.Cast<byte, float>(logits.detach().to(ScalarType.Float32, CPU).contiguous().bytes).ToArray();
        }
        else if (target.NeedsLogits)
        {
            throw new CamException($"The network returned shape [{string.Join(',', output.shape)}]; logits [1,K] are expected. For other outputs use {nameof(Target)}.{nameof(Target.Function)}.");
        }

        if (target.NeedsLogits && !NotFiniteSearch.AreUsable(values))
        {
            throw NotFiniteSearch.Explain(model, nodes, input, Precision.Float32, NotFiniteSearch.Describe(values));
        }

        TargetScore score = target.Resolve(values);
        Tensor value = score.Of((score.TakesOutput && output.shape is [1, ..] ? output : logits)[0]);
        if (value.requires_grad)
        {
            value.backward();
        }

        (int channels, int height, int width) = ((int)input.shape[1], (int)input.shape[2], (int)input.shape[3]);
        float[] gradient = leaf.grad is { } grad
            ? MemoryMarshal.Cast<byte, float>(grad.to(ScalarType.Float32, CPU).contiguous().bytes).ToArray()
            : new float[channels * height * width];
        return new GuidedGradients(gradient, channels, height, width, score.ClassIndex, rectifiers);
    }
}
