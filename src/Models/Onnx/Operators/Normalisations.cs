using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Normalisations, as in evaluation.</summary>
internal static class Normalisations
{
    public static Operation BatchNormalization(OnnxNode node)
    {
        double epsilon = node.Float("epsilon", 1e-5f);
        if (node.Integer("training_mode", 0) != 0)
        {
            throw node.Refuse("training_mode. Export the network in evaluation mode (in Python: model.eval())");
        }

        return inputs => inputs.IsPlan ? Same(inputs) : nn.functional.batch_norm(inputs[0], inputs[3], inputs[4], inputs[1], inputs[2], false, 0.1, epsilon);
    }

    public static Operation InstanceNormalization(OnnxNode node)
    {
        double epsilon = node.Float("epsilon", 1e-5f);
        return inputs => inputs.IsPlan ? Same(inputs) : nn.functional.instance_norm(inputs[0], null, null, inputs[1], inputs[2], use_input_stats: true, eps: epsilon);
    }

    public static Operation LayerNormalization(OnnxNode node)
    {
        double epsilon = node.Float("epsilon", 1e-5f);
        long axis = node.Integer("axis", -1);
        if (node.Outputs.Skip(1).Any(o => o.Length > 0))
        {
            throw node.Refuse("outputs of mean and deviation, which are not read");
        }

        return inputs => inputs.IsPlan ? Same(inputs) : nn.functional.layer_norm(inputs[0], inputs[0].shape[inputs.Axis(axis, inputs[0].dim())..], inputs[1], inputs.Optional(2), epsilon);
    }

    /// <summary>Scale and bias a channel from operator set 21 on, a group before.</summary>
    public static Operation GroupNormalization(OnnxNode node)
    {
        double epsilon = node.Float("epsilon", 1e-5f);
        long groups = node.Integer("num_groups", 0);
        return inputs =>
        {
            Tensor x = inputs[0];
            long channels = x.dim() > 1 ? x.shape[1] : 0;
            if (groups < 1 || channels % groups != 0 || channels == 0)
            {
                throw node.Refuse($"{groups} groups for {channels} channels");
            }

            return inputs.IsPlan ? Same(inputs) : nn.functional.group_norm(x, groups, ForChannels(inputs[1], channels), ForChannels(inputs[2], channels), epsilon);
        };
    }

    /// <summary>x / (bias + alpha/size · sum of squares over size channels)^beta.</summary>
    public static Operation LRN(OnnxNode node)
    {
        Scalar alpha = node.Float("alpha", 1e-4f);
        Scalar beta = node.Float("beta", 0.75f);
        Scalar bias = node.Float("bias", 1);
        long size = node.Integer("size", 0) is > 0 and < 65536 and var given ? given : throw node.Refuse($"size {node.Integer("size", 0)}");
        return inputs =>
        {
            Tensor x = inputs[0];
            WindowPadding.Guard(inputs, default);
            inputs.Guard([x.shape[0], x.shape[1] + size, x.shape[2], x.shape[3]]);
            long before = (size - 1) / 2;
            Tensor squares = nn.functional.pad(x.square().unsqueeze(1), [0, 0, 0, 0, before, size - 1 - before]);
            Tensor mean = nn.functional.avg_pool3d(squares, [size, 1, 1], [1, 1, 1]).squeeze(1);
            return x.div(mean.mul(alpha).add(bias, Numbers.One).pow(beta));
        };
    }

    private static Tensor Same(Arguments inputs) => inputs.Planned(inputs[0].shape, inputs[0].dtype);

    private static Tensor ForChannels(Tensor values, long channels) => values.numel() == channels ? values : values.repeat_interleave(channels / Math.Max(1, values.numel()));
}
