using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>Compares a network of the zoo with its reference: keys, shapes, modules and their outputs, logits; no tensor may be left behind.</summary>
internal static class ReferenceComparison
{
    /// <summary>float32 in another order of summation; the reference's own bound for a right port.</summary>
    private const double LogitsTolerance = 1e-5;

    public static void Run(string name)
    {
        ReferenceModel reference = ReferenceModel.Read(name);
        using LoadedModel model = ModelZoo.Create(name, "rule:camanim");
        Assert.Equal(reference.State.Select(e => Line(e.Key, e.Type, e.Shape)), model.Module.state_dict().Select(e => Line(e.Key, e.Value.dtype.ToString().ToLowerInvariant(), e.Value.shape)));
        Assert.Equal(reference.Parameters, model.Info.Parameters);

        (string, nn.Module)[] modules = [("", model.Module), .. model.Module.named_modules()];
        Assert.Equal(reference.Modules.Select(m => $"{m.Name} {m.Class}"), modules.Select(m => $"{m.Item1} {m.Item2.GetName()}"));

        Dictionary<string, long[]> shapes = [];
        foreach ((string path, nn.Module module) in modules)
        {
            if (module is nn.Module<Tensor, Tensor> hookable)
            {
                hookable.register_forward_hook((_, _, output) =>
                {
                    shapes[path] = output.shape;
                    return output;
                });
            }
        }

        using var noGradient = no_grad();
        using Tensor input = reference.Input();
        using (Tensor sum = input.to(ScalarType.Float64).sum())
        {
            Assert.Equal(reference.InputSum, sum.item<double>(), 0.1);
        }

        long before = Tensor.TotalCount;
        using Tensor logits = model.Module.call(input);

        // Fewer is no fault: finalisers of other tests may run meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before + 1);
        AssertShapes(reference, shapes);
        double difference = Numbers.RelativeL2(MemoryMarshal.Cast<byte, float>(logits.bytes), reference.Logits);
        Assert.True(difference <= LogitsTolerance, $"{name}: logits differ by {difference:E2} (relative L2), at most {LogitsTolerance:E0}.");
    }

    private static void AssertShapes(ReferenceModel reference, Dictionary<string, long[]> shapes)
    {
        foreach ((string name, string moduleClass, long[]? shape) in reference.Modules)
        {
            if (shape is null)
            {
                continue;
            }

            Assert.True(shapes.TryGetValue(name, out long[]? actual), $"{reference.Name}: {name} ({moduleClass}) was not called.");
            Assert.True(shape.SequenceEqual(actual), $"{reference.Name}: {name} ({moduleClass}) gave [{string.Join(',', actual)}], reference [{string.Join(',', shape)}].");
        }
    }

    private static string Line(string key, string type, long[] shape) => $"{key} {type} [{string.Join(',', shape)}]";
}
