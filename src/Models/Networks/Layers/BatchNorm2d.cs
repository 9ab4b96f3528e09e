using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Batch normalisation over N, H and W; running statistics outside of training.</summary>
internal sealed class BatchNorm2d : Block
{
    // Held: the finaliser of a temporary scalar can free it while libtorch still reads it.
    private static readonly TorchSharp.Scalar One = 1L;

    private readonly double _epsilon;
    private readonly double _momentum;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;

    public BatchNorm2d(int channels, double epsilon = 1e-5, double momentum = 0.1)
        : base(nameof(BatchNorm2d))
    {
        _epsilon = epsilon;
        _momentum = momentum;
        weight = AddParameter("weight", channels);
        bias = AddParameter("bias", channels);
        register_buffer("running_mean", running_mean = empty([channels], ScalarType.Float32));
        register_buffer("running_var", running_var = empty([channels], ScalarType.Float32));
        register_buffer("num_batches_tracked", num_batches_tracked = zeros([], ScalarType.Int64));
    }

    public override Tensor forward(Tensor input)
    {
        bool train = training;
        if (train)
        {
            num_batches_tracked.add_(One);
        }

        return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, train, _momentum, _epsilon);
    }
}
