using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Weights;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train.Tests;

public sealed class TinyTrainingTests
{
    private static readonly TrainingOptions Tiny = new() { Steps = 30, BatchSize = 12, LearningRate = 3e-3, ValidationImages = 30 };

    [Fact]
    public void A_tiny_run_learns_and_writes_the_same_file_twice()
    {
        string folder = Directory.CreateTempSubdirectory("camanim-train").FullName;
        try
        {
            string first = Path.Combine(folder, "1.safetensors"), second = Path.Combine(folder, "2.safetensors");
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
            double accuracy = TrainCommand.Run(console, new PhantomTask(), first, Tiny);

            // A third by chance; a lesion is found, or not, after a few hundred pictures.
            Assert.True(accuracy > 0.45, $"accuracy {accuracy:P0} after {Tiny.Steps} steps, seed {Tiny.Seed}");
            Assert.Equal(accuracy, TrainCommand.Run(console, new PhantomTask(), second, Tiny));
            Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
            CheckFile(first, accuracy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_auxiliary_head_leaves_no_hook_behind()
    {
        using nn.Module<Tensor, Tensor> network = InitialWeights.Create(3, 1);
        network.eval();
        using Tensor input = zeros(1, 3, DemoScenes.Size, DemoScenes.Size);
        using (no_grad())
        {
            long before;
            using (AuxiliaryHead head = new(network, 3))
            {
                using DisposeScope scope = NewDisposeScope();
                network.call(input);
                Assert.True(head.Loss(full([1, 4, CellTargets.Side, CellTargets.Side], 1f / CellTargets.Count / 4)).item<float>() > 0);
            }

            before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            network.call(input).Dispose();
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    private static void CheckFile(string path, double accuracy)
    {
        using WeightFile file = WeightFile.Open(path);
        Assert.Equal("normal,benign,malignant", file.Metadata["classes"]);
        Assert.Equal(accuracy, double.Parse(file.Metadata["validation_accuracy"]), 1e-4);
        using nn.Module<Tensor, Tensor> network = DemoNetworks.CreateEmpty(3);
        WeightLoader.Load(network, file);
        network.eval();
        Assert.Equal(accuracy, Validation.Run(network, new PhantomTask(), Tiny.ValidationImages).Accuracy, 1e-9);
    }
}
