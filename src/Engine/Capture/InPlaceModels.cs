using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CAManim.Native.Engine.Capture;

/// <summary>Networks that change activations in place, found out by autograd's refusal; they run with clones from then on.</summary>
internal static class InPlaceModels
{
    private static readonly ConditionalWeakTable<torch.nn.Module, object> Known = [];

    public static bool Contains(torch.nn.Module model) => Known.TryGetValue(model, out _);

    public static void Add(torch.nn.Module model) => Known.TryAdd(model, model.GetType());

    /// <summary>Whether libtorch's error is that refusal.</summary>
    public static bool IsRefusal(ExternalException error) =>
        error.Message.Contains("inplace", StringComparison.Ordinal) || error.Message.Contains("in-place", StringComparison.Ordinal);
}
