using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using static TorchSharp.torch;

namespace CAManim.Native.Samples;

/// <summary>From a network that answers for every pixel, and with several tensors by name, to the maps of all layers.</summary>
public static class SegmentationToMaps
{
    /// <summary>Explains a class over the region that the network gives it.</summary>
    /// <param name="network">From [N,3,H,W] to a dictionary whose <c>out</c> holds class scores [N,K,H,W], as torchvision's segmentation networks.</param>
    /// <param name="image">[1,3,H,W].</param>
    /// <param name="classIndex">0 to K-1.</param>
    public static CamResult Run(nn.Module<Tensor, Dictionary<string, Tensor>> network, Tensor image, int classIndex)
    {
        byte[] region = FindRegion(network, image, classIndex);
        CamEngine engine = CamEngine.For(network, output => output["out"]);
        return engine.Run(image, new CamOptions
        {
            Method = CamMethod.GradCAM,

            // The mean score of the class over the region; Target.Function takes any other number made of the output.
            Target = OutputTargets.Segmentation(classIndex, region),
        });
    }

    private static byte[] FindRegion(nn.Module<Tensor, Dictionary<string, Tensor>> network, Tensor image, int classIndex)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        return [.. network.call(image)["out"][0].argmax(0).eq(classIndex).to(ScalarType.Byte).data<byte>()];
    }
}
