using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>Time and live tensors: measured with no other test beside.</summary>
[Collection(nameof(Alone))]
public sealed class ModelCostTests
{
    /// <summary>Random initialisation alone would take several times as long.</summary>
    [Fact]
    public void A_large_network_is_made_quickly()
    {
        ModelZoo.Create("resnet50").Dispose();
        var clock = Stopwatch.StartNew();
        ModelZoo.Create("resnet50").Dispose();
        Assert.True(clock.ElapsedMilliseconds < 500, $"{clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void Forward_leaves_no_tensors_behind_and_hooks_fire_everywhere()
    {
        using LoadedModel model = ModelZoo.Create("cifar10_resnet20", "rule:a");
        using Tensor input = zeros(1, 3, 32, 32);
        model.Module.call(input).Dispose();
        long before = Tensor.TotalCount;
        int calls = 0;
        foreach (nn.Module<Tensor, Tensor> module in model.Module.named_modules().Select(m => (nn.Module<Tensor, Tensor>)m.module))
        {
            module.register_forward_hook((_, _, output) =>
            {
                calls++;
                return output;
            });
        }

        model.Module.call(input).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(model.Module.named_modules().Count(), calls);
    }

    [Theory]
    [InlineData("cifar10_resnet20")]
    [InlineData("swin_v2_t")]
    [InlineData("maxvit_t")]
    public void Disposing_frees_every_tensor(string name)
    {
        ModelZoo.Create("cifar10_resnet20").Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        LoadedModel model = ModelZoo.Create(name);
        int parameters = model.Module.parameters().Count();
        Assert.InRange(Tensor.TotalCount, before + (2 * parameters), long.MaxValue);
        model.Dispose();

        // TorchSharp counts a parameter twice when it takes over a tensor's handle, and once when it is disposed; memory does not grow.
        Assert.InRange(Tensor.TotalCount, 0, before + parameters);
    }
}
