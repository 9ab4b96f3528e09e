using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Weights;
using Spectre.Console;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary><c>camanim-train scenes</c> and <c>camanim-train phantom</c>: trains a network, asks it about the validation images, writes it.</summary>
internal static class TrainCommand
{
    /// <summary>The command of a task.</summary>
    public static Command Create(string name, string description, ITrainingTask task, TrainingOptions defaults)
    {
        Option<string> output = new("--output", "-o") { Description = "File to write.", DefaultValueFactory = _ => $"{task.Name}.safetensors" };
        Option<ulong> seed = new("--seed") { Description = "Seed of weights and images.", DefaultValueFactory = _ => defaults.Seed };
        Option<int> steps = new("--steps") { Description = "Steps of the optimiser.", DefaultValueFactory = _ => defaults.Steps };
        Option<int> batch = new("--batch") { Description = "Images a step.", DefaultValueFactory = _ => defaults.BatchSize };
        Option<int> validation = new("--validation") { Description = "Validation images.", DefaultValueFactory = _ => defaults.ValidationImages };
        Option<double> rate = new("--rate") { Description = "Highest learning rate.", DefaultValueFactory = _ => defaults.LearningRate };
        Option<string?> from = new("--from") { Description = "File whose weights to start from, instead of random ones." };
        Option<int> threads = new("--threads") { Description = "Threads of libtorch; another number rounds differently.", DefaultValueFactory = _ => defaults.Threads };
        Command command = new(name, description) { output, seed, steps, batch, rate, from, validation, threads };
        command.SetAction(parsed => Run(AnsiConsole.Console, task, parsed.GetRequiredValue(output), defaults with
        {
            Seed = parsed.GetRequiredValue(seed),
            Steps = parsed.GetRequiredValue(steps),
            BatchSize = parsed.GetRequiredValue(batch),
            LearningRate = parsed.GetRequiredValue(rate),
            From = parsed.GetValue(from),
            ValidationImages = parsed.GetRequiredValue(validation),
            Threads = parsed.GetRequiredValue(threads),
        }));
        return command;
    }

    /// <summary>Trains, validates, writes; returns the accuracy on the validation images.</summary>
    public static double Run(IAnsiConsole console, ITrainingTask task, string output, TrainingOptions options)
    {
        Stopwatch watch = Stopwatch.StartNew();
        console.MarkupLineInterpolated($"{task.Name}: {options.Steps} steps of {options.BatchSize} images, seed {options.Seed}");
        set_num_threads(options.Threads);
        using nn.Module<Tensor, Tensor> network = InitialWeights.Create(task.ClassNames.Count, options.Seed);
        if (options.From is not null)
        {
            WeightLoader.Load(network, options.From);
        }

        TrainWithProgress(console, network, task, options);
        HalfPrecision.Round(network);
        ConfusionMatrix matrix = Validation.Run(network, task, options.ValidationImages);
        matrix.Print(console);
        HalfPrecision.Write(output, network, Metadata(task, options, matrix.Accuracy));
        console.MarkupLineInterpolated($"accuracy {matrix.Accuracy:P2} on {options.ValidationImages} held-out images; {network.parameters().Sum(p => p.numel())} parameters; {watch.Elapsed.TotalMinutes:F1} minutes; {output}");
        return matrix.Accuracy;
    }

    private static void TrainWithProgress(IAnsiConsole console, nn.Module<Tensor, Tensor> network, ITrainingTask task, TrainingOptions options) =>
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            ProgressTask bar = progress.AddTask("training", maxValue: options.Steps);
            float mean = 0;
            Trainer.Run(network, task, options, (step, loss) =>
            {
                // A mean over about the last thirty steps.
                mean = step == 0 ? loss : mean + ((loss - mean) / 30);
                bar.Description = $"step {step + 1}, loss {mean:F3}";
                bar.Increment(1);
            });
        });

    private static Dictionary<string, string> Metadata(ITrainingTask task, TrainingOptions options, double accuracy)
    {
        string mean = Number(DemoPreprocessing.Mean), deviation = Number(DemoPreprocessing.Deviation);
        return new Dictionary<string, string>
        {
            ["architecture"] = task.Name,
            ["classes"] = string.Join(",", task.ClassNames),
            ["size"] = Number(DemoScenes.Size),
            ["mean"] = $"{mean},{mean},{mean}",
            ["std"] = $"{deviation},{deviation},{deviation}",
            ["validation_accuracy"] = Number(Math.Round(accuracy, 4)),
            ["validation_images"] = Number(options.ValidationImages),
            ["seed"] = Number(options.Seed),
            ["steps"] = Number(options.Steps),
            ["batch"] = Number(options.BatchSize),
        };
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
