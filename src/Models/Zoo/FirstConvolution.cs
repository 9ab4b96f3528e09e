using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>How many channels a picture has for a network.</summary>
internal static class FirstConvolution
{
    private const int Limit = 10_000;

    /// <summary>Channels that go into the first convolution over two dimensions, in the order of registration; null where there is none.</summary>
    public static int? InChannels(nn.Module network)
    {
        foreach (nn.Module module in network.named_modules().Select(m => m.module).Take(Limit))
        {
            switch (module)
            {
                case Conv2d own:
                    return (int)own.InChannels;
                case TorchSharp.Modules.Conv2d convolution:
                    return (int)convolution.in_channels;
                default:
                    continue;
            }
        }

        return null;
    }
}
