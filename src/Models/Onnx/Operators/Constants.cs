using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Tensors that are made, not read.</summary>
internal static class Constants
{
    public static Operation Constant(OnnxNode node) => inputs =>
    {
        foreach ((string name, OnnxAttribute attribute) in node.Attributes)
        {
            switch (name)
            {
                case "value" when attribute.Tensor is not null:
                    return attribute.Tensor.ToTorch();
                case "value_int":
                    return tensor(attribute.Integer);
                case "value_ints":
                    return tensor(attribute.Integers.ToArray());
                case "value_float":
                    return tensor(attribute.Float);
                case "value_floats":
                    return tensor(attribute.Floats.ToArray());
            }
        }

        throw node.Refuse($"no number as its value ({string.Join(", ", node.Attributes.Keys)})");
    };

    /// <summary>A shape filled with one number; without one with float zeros.</summary>
    public static Operation ConstantOfShape(OnnxNode node) => inputs =>
    {
        long[] shape = inputs.RequiredIntegers(0);
        inputs.Guard(shape);
        using Tensor? value = node.Attributes.GetValueOrDefault("value")?.Tensor?.ToTorch();
        if (value is null)
        {
            return zeros(shape, ScalarType.Float32);
        }

        return value.numel() == 1 ? value.reshape(Array.Empty<long>()).expand(shape).clone() : throw node.Refuse($"a value of {value.numel()} elements; expected is one");
    };

    public static Operation Range(OnnxNode node) => inputs =>
    {
        if (inputs[0].is_floating_point())
        {
            throw node.Refuse("numbers that are not integers, which are not read");
        }

        (long start, long limit, long step) = (inputs.RequiredIntegers(0)[0], inputs.RequiredIntegers(1)[0], inputs.RequiredIntegers(2)[0]);
        double count = step == 0 ? double.NaN : Math.Max(0, Math.Ceiling(((double)limit - start) / step));
        inputs.Guard([count <= long.MaxValue ? (long)count : throw node.Refuse($"a range from {start} to {limit} by {step}")]);
        var values = new long[(long)count];
        for (long i = 0; i < values.Length; i++)
        {
            values[i] = start + (i * step);
        }

        return tensor(values);
    };
}
