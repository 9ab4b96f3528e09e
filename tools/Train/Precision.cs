using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>Rounds a network to what its file holds, so that what is validated is what is shipped.</summary>
internal static class Precision
{
    /// <summary>Rounds every floating parameter and buffer to float16; they stay float32.</summary>
    public static void RoundToHalf(nn.Module network)
    {
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            foreach (Tensor tensor in network.state_dict().Values.Where(t => t.is_floating_point()))
            {
                tensor.copy_(tensor.to(ScalarType.Float16).to(ScalarType.Float32));
            }
        }
    }
}
