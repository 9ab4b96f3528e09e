using CAManim.Native.Models.Networks.Layers;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Two linear layers with GELU between them: torchvision's MLP.</summary>
internal static class Perceptron
{
    public static Sequential Of(string className, int channels, int hidden) =>
        new(className, [new Linear(channels, hidden), Function.GELU(), new Dropout(0), new Linear(hidden, channels), new Dropout(0)]);
}
