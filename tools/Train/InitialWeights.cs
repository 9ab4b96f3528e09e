using CAManim.Native.Models.Demo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>The weights that a training run starts from.</summary>
internal static class InitialWeights
{
    /// <summary>
    /// A network to be trained: convolutions normal with variance 2 / fan_out (He 2015), batch normalisations the identity,
    /// the linear layer uniform within 1/sqrt(fan_in), running statistics 0 and 1.
    /// </summary>
    public static nn.Module<Tensor, Tensor> Create(int classes, ulong seed)
    {
        nn.Module<Tensor, Tensor> network = DemoNetworks.CreateEmpty(classes);
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(seed);
        using (no_grad())
        {
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
            {
                Fill(name, parameter, generator);
            }

            foreach ((string name, Tensor buffer) in network.named_buffers())
            {
                buffer.fill_(name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0);
            }
        }

        foreach (TorchSharp.Modules.Parameter parameter in network.parameters())
        {
            parameter.requires_grad = true;
        }

        return network;
    }

    private static void Fill(string name, Tensor parameter, Generator generator)
    {
        switch (parameter.dim())
        {
            case 4:
                double fanOut = (double)parameter.shape[0] * parameter.shape[2] * parameter.shape[3];
                parameter.normal_(0, Math.Sqrt(2 / fanOut), generator);
                break;
            case 2:
                double bound = 1 / Math.Sqrt(parameter.shape[1]);
                parameter.uniform_(-bound, bound, generator);
                break;
            default:
                parameter.fill_(name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
                break;
        }
    }
}
