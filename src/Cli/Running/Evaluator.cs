using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Localisation;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Maps of drawn scenes against their masks: every object of every scene is explained by every method.</summary>
internal static class Evaluator
{
    // Large enough for the network to be busy, small enough for the activations to stay in the caches.
    private const int ObjectsPerBatch = 16;

    private readonly record struct Item(DemoScene Scene, DemoObject Object);

    public static IReadOnlyList<KeyValuePair<string, EvaluationTally>> Run(EvaluateRequest request, RunProgress progress, CancellationToken cancellation)
    {
        StageClock clock = new(progress);
        using LoadedModel model = clock.Time("model", () => Load(request));
        CamEngine engine = new(model.Module);
        KeyValuePair<string, EvaluationTally>[] tallies = [.. request.Methods.Select(m => KeyValuePair.Create(CamMethods.NameOf(m), new EvaluationTally()))];
        clock.Time("scenes", () =>
        {
            int scenesPerBatch = Math.Max(1, ObjectsPerBatch / request.Objects);
            for (int first = 0; first < request.Scenes; first += scenesPerBatch)
            {
                int count = Math.Min(scenesPerBatch, request.Scenes - first);
                Item[][] scenes = [.. ParallelEnumerable.Range(first, count).AsOrdered().Select(i => Visible(EvaluateScenes.Draw(request, i)))];
                for (int m = 0; m < tallies.Length; m++)
                {
                    Add(tallies[m].Value, engine, request, request.Methods[m], scenes, first, cancellation);
                }

                progress.Report(first + count, request.Scenes);
            }
        });
        return tallies;
    }

    private static LoadedModel Load(EvaluateRequest request)
    {
        LoadedModel model = Usage.Check(() => ModelZoo.Create(request.Model));
        try
        {
            model.LoadWeights(request.Weights);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    // An object that lies wholly under another cannot be pointed at.
    private static Item[] Visible(DemoScene scene) => [.. scene.Objects.Where(o => o.Mask.AsSpan().ContainsAnyExcept((byte)0)).Select(o => new Item(scene, o))];

    private static void Add(EvaluationTally tally, CamEngine engine, EvaluateRequest request, CamMethod method, Item[][] scenes, int first, CancellationToken cancellation)
    {
        if (method != CamMethod.RandomCAM)
        {
            Add(tally, engine, new CamOptions { Method = method }, [.. scenes.SelectMany(s => s)], cancellation);
            return;
        }

        // New weights for every scene: one draw for all would measure that draw.
        for (int i = 0; i < scenes.Length; i++)
        {
            Add(tally, engine, new CamOptions { Method = method, Seed = ((ulong)request.Seed * EvaluateScenes.MostScenes) + (ulong)(first + i) }, scenes[i], cancellation);
        }
    }

    private static void Add(EvaluationTally tally, CamEngine engine, CamOptions options, Item[] items, CancellationToken cancellation)
    {
        if (items.Length == 0)
        {
            return;
        }

        int height = items[0].Scene.Image.Height, width = items[0].Scene.Image.Width;
        float[] values = new float[items.Length * 3 * height * width];
        for (int i = 0; i < items.Length; i++)
        {
            DemoPreprocessing.Write(items[i].Scene.Image, values.AsSpan(i * 3 * height * width, 3 * height * width));
        }

        using Tensor input = tensor(values, [items.Length, 3, height, width]);
        IReadOnlyList<CamResult> results = engine.RunBatch(input, options, [.. items.Select(i => Target.Class(i.Object.ClassIndex))], null, cancellation);
        for (int i = 0; i < items.Length; i++)
        {
            tally.Add(results[i].Frames, items[i].Object.Mask, height, width);
        }
    }
}
