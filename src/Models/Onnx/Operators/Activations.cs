using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Activation functions.</summary>
internal static class Activations
{
    private const float Sixth = 1 / 6f;

    public static Operation Relu(OnnxNode node) => inputs => inputs.IsPlan ? Same(inputs) : inputs[0].relu();

    public static Operation LeakyRelu(OnnxNode node)
    {
        Scalar alpha = node.Float("alpha", 0.01f);
        return inputs => inputs[0].leaky_relu(alpha);
    }

    public static Operation PRelu(OnnxNode node) => inputs =>
    {
        inputs.Broadcast(inputs[0].shape, inputs[1].shape);
        return inputs.IsPlan ? Same(inputs) : inputs[0].relu().add(inputs[0].neg().relu().mul(inputs[1]), Numbers.MinusOne);
    };

    /// <summary>x where positive, else alpha (exp(x) - 1).</summary>
    public static Operation Elu(OnnxNode node)
    {
        Scalar alpha = node.Float("alpha", 1);
        return inputs => inputs.IsPlan ? Same(inputs) : inputs[0].relu().add(inputs[0].neg().relu().neg().expm1().mul(alpha), Numbers.One);
    }

    /// <summary>Limits are attributes before operator set 11, inputs from then on; either may be absent.</summary>
    public static Operation Clip(OnnxNode node)
    {
        Scalar? least = node.Opset < 11 && node.Has("min") ? node.Float("min", 0) : null;
        Scalar? most = node.Opset < 11 && node.Has("max") ? node.Float("max", 0) : null;
        return inputs =>
        {
            Tensor x = inputs[0];
            x = least is null ? x : x.clamp_min(least);
            x = most is null ? x : x.clamp_max(most);
            for (int i = 1; i <= 2; i++)
            {
                if (inputs.Optional(i) is { } limit && limit.numel() != 1)
                {
                    throw node.Refuse($"a limit of shape [{Sizes.Show(limit.shape)}]; expected is one number");
                }
            }

            return inputs.Has(1) || inputs.Has(2) ? x.clamp(inputs.Optional(1), inputs.Optional(2)) : x;
        };
    }

    public static Operation Sigmoid(OnnxNode node) => inputs => inputs[0].sigmoid();

    public static Operation HardSigmoid(OnnxNode node)
    {
        (float a, float b) = (node.Float("alpha", 0.2f), node.Float("beta", 0.5f));
        (Scalar alpha, Scalar beta) = (a, b);

        // torch's own function where it is that one: also its gradient at the corners.
        return MathF.Abs(a - Sixth) < 1e-6f && b == 0.5f
            ? inputs => inputs[0].hardsigmoid()
            : inputs => inputs[0].mul(alpha).add(beta, Numbers.One).clamp(Numbers.Zero, Numbers.One);
    }

    public static Operation HardSwish(OnnxNode node) => inputs => inputs.IsPlan ? Same(inputs) : inputs[0].hardswish();

    public static Operation Tanh(OnnxNode node) => inputs => inputs[0].tanh();

    public static Operation Gelu(OnnxNode node)
    {
        if (node.Text("approximate", "none") != "tanh")
        {
            return inputs => inputs[0].gelu();
        }

        Scalar cubic = 0.044715f;
        Scalar scale = Math.Sqrt(2 / Math.PI);
        Scalar half = 0.5f;
        return inputs =>
        {
            Tensor x = inputs[0];
            Tensor inner = x.mul(x).mul(x).mul(cubic).add(x, Numbers.One).mul(scale);
            return x.mul(half).mul(inner.tanh().add(Numbers.One, Numbers.One));
        };
    }

    public static Operation Softplus(OnnxNode node) => inputs => inputs.IsPlan ? Same(inputs) : Softplus(inputs[0]);

    public static Operation Mish(OnnxNode node) => inputs => inputs.IsPlan ? Same(inputs) : inputs[0].mul(Softplus(inputs[0]).tanh());

    public static Operation Softmax(OnnxNode node) => AlongAxis(node, (x, axis) => x.softmax(axis));

    public static Operation LogSoftmax(OnnxNode node) => AlongAxis(node, (x, axis) => x.log_softmax(axis));

    private static Tensor Same(Arguments inputs) => inputs.Planned(inputs[0].shape, inputs[0].dtype);

    /// <summary>log(1 + exp(x)), without overflow.</summary>
    private static Tensor Softplus(Tensor x) => x.relu().add(x.abs().neg().exp().log1p(), Numbers.One);

    /// <summary>Before operator set 13 all dimensions from the axis on are one.</summary>
    private static Operation AlongAxis(OnnxNode node, Func<Tensor, long, Tensor> function)
    {
        bool isFlattening = node.Opset < 13;
        long axis = node.Integer("axis", isFlattening ? 1 : -1);
        return inputs =>
        {
            Tensor x = inputs[0];
            int from = inputs.Axis(axis, x.dim());
            return isFlattening && from < x.dim() - 1
                ? function(x.flatten(from), from).reshape(x.shape)
                : function(x, from);
        };
    }
}
