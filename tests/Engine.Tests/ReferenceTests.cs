using System.Text.Json;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class ReferenceTests
{
    internal static readonly CamMethod[] GradientMethods =
        [CamMethod.GradCAM, CamMethod.HiResCAM, CamMethod.GradCAMElementWise, CamMethod.GradCAMPlusPlus, CamMethod.XGradCAM, CamMethod.LayerCAM];

    /// <summary>What the reference folder holds of the gradient methods.</summary>
    public static TheoryData<string, CamMethod> Cases()
    {
        TheoryData<string, CamMethod> cases = [];
        foreach (string model in (string[])["resnet18", "squeezenet1_1", "mobilenet_v2"])
        {
            foreach (CamMethod method in GradientMethods)
            {
                cases.Add(model, method);
            }
        }

        foreach (string model in (string[])["densenet121", "efficientnet_b0", "convnext_tiny", "maxvit_t"])
        {
            cases.Add(model, CamMethod.GradCAM);
            cases.Add(model, CamMethod.HiResCAM);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RuleWeights(string model, CamMethod method)
    {
        ReferenceTensors reference = new(SharedFiles.Require($"reference/cams/{model}.{FileName(method)}.safetensors"));
        using LoadedModel network = ModelZoo.Create(model);
        network.LoadWeights("rule:camanim");
        CamResult result = Run(network, "both_224", method, Target.Top);

        Assert.Equal(int.Parse(reference.Metadata["category"]), result.ClassIndex);
        HashSet<string> kept = [.. result.Frames.Select(f => f.Name)];
        string[] windows = [.. reference.Keys.Where(k => k.EndsWith("grid_attention.partition_op", StringComparison.Ordinal) || k.EndsWith("grid_attention.departition_swap", StringComparison.Ordinal))];
        Assert.All(reference.Keys.Except(windows).Where(k => reference.Shape(k) is not [1, 1]), k => Assert.Contains(k, kept));

        // The Python peer takes 64 windows' channels for the columns of a map.
        Assert.All(windows, k => Assert.Contains("windows of tokens", result.Layers.Single(l => l.Name == k).SkipReason));
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double> norms = OperandNorms.Measure(network.Module, Input("both_224"), result.ClassIndex);
        ReferenceMaps.AssertEqual(result, reference, name => name, name => ReferenceMaps.IsNoise(reference.Floats(name), norms[name]));
    }

    [Theory]
    [InlineData(CamMethod.GradCAM)]
    [InlineData(CamMethod.HiResCAM)]
    [InlineData(CamMethod.GradCAMElementWise)]
    [InlineData(CamMethod.GradCAMPlusPlus)]
    [InlineData(CamMethod.XGradCAM)]
    [InlineData(CamMethod.LayerCAM)]
    public void TrainedNetwork(CamMethod method)
    {
        ReferenceTensors reference = new(SharedFiles.Require("reference/road/cifar10_resnet20.maps.safetensors"));
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/cifar10_resnet20.json")));
        using LoadedModel network = ModelZoo.Create("cifar10_resnet20");
        network.LoadWeights(SharedFiles.Require("weights/cifar10_resnet20.th"));
        CamResult result = Run(network, "both_32", method, Target.Class(5));

        Assert.Equal(59, result.Frames.Count);
        Assert.Equal(road.RootElement.GetProperty("order").EnumerateArray().Select(e => e.GetString()), result.Frames.Select(f => f.Name));
        Assert.Equal(0.9471136331558228, result.Probability, 1e-5);
        float[] logits = [.. road.RootElement.GetProperty("logits").EnumerateArray().Select(e => e.GetSingle())];
        Assert.InRange(Numbers.RelativeL2(result.Logits.Span, logits), 0, 1e-5);
        Dictionary<string, double> noise = method == CamMethod.GradCAMPlusPlus ? RoundingNoise(network, method, result) : [];
        ReferenceMaps.AssertEqual(result, reference, name => $"{FileName(method)}/{name}", name => noise.GetValueOrDefault(name) > NoiseBound);
        foreach (var frame in result.Frames.Where(f => noise.GetValueOrDefault(f.Name) > NoiseBound))
        {
            double error = Numbers.RelativeL2(frame.Map.Span, reference.Floats($"{FileName(method)}/{frame.Name}"));
            Assert.True(error <= NoiseFactor * noise[frame.Name], $"{frame.Name}: {error:E2} from the reference; a movement of the weights by 1e-6 moves it by {noise[frame.Name]:E2}");
        }
    }

    // GradCAM++ divides by 2g² + s g³ + 1e-6, which cancels where s g is near -2: rounding decides, and the reference itself is up
    // to 5e-2 from float64. Two versions of libtorch differ by about 1e-6 in A and G (GradCAM's own maps show it), so every
    // weight is moved by as much; layers whose maps move by more than the median's bound are compared within a few times that movement.
    private const float Movement = 1e-6f;
    private const double NoiseBound = 1e-5;
    private const double NoiseFactor = 4;

    private static Dictionary<string, double> RoundingNoise(LoadedModel network, CamMethod method, CamResult result)
    {
        Dictionary<string, double> noise = [];
        for (int seed = 1; seed <= 4; seed++)
        {
            using LoadedModel other = ModelZoo.Create(network.Name);
            other.LoadWeights(SharedFiles.Require("weights/cifar10_resnet20.th"));
            Move(other.Module, seed);
            CamResult moved = Run(other, "both_32", method, Target.Class(result.ClassIndex));
            foreach ((var a, var b) in moved.Frames.Zip(result.Frames))
            {
                noise[a.Name] = Math.Max(noise.GetValueOrDefault(a.Name), Numbers.RelativeL2(a.Map.Span, b.Map.Span));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{noise.Count(n => n.Value > NoiseBound)} of {noise.Count} layers move by more than {NoiseBound} when the weights move by {Movement}");
        return noise;
    }

    private static void Move(nn.Module module, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        random.manual_seed(seed);
        foreach (var parameter in module.parameters())
        {
            parameter.mul_(1 + (Movement * randn_like(parameter)));
        }
    }

    private static Tensor Input(string key)
    {
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        int[] shape = inputs.Shape(key);
        return tensor(inputs.Floats(key)).reshape(1, 3, shape[^2], shape[^1]);
    }

    private static CamResult Run(LoadedModel network, string input, CamMethod method, Target target)
    {
        using DisposeScope scope = NewDisposeScope();
        return new CamEngine(network.Module).Run(Input(input), new CamOptions { Method = method, Target = target });
    }

    internal static string FileName(CamMethod method) => CamMethods.NameOf(method).Replace("++", "PlusPlus", StringComparison.Ordinal);
}
