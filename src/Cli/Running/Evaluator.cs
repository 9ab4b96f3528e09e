using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Localisation;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
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

    private readonly record struct Item(int Index, DemoScene Scene, DemoObject Object);

    public static IReadOnlyList<EvaluateOutcome> Run(EvaluateRequest request, RunProgress progress, CancellationToken cancellation)
    {
        StageClock clock = new(progress);
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = clock.Time("model", () => Load(request));
        device.Place(model.Module);
        EvaluateOutcome[] outcomes = [.. request.Methods.Select(m => new EvaluateOutcome(CamMethods.NameOf(m)))];
        clock.Time("scenes", () =>
        {
            int scenesPerBatch = Math.Max(1, ObjectsPerBatch / request.Objects);
            for (int first = 0; first < request.Scenes; first += scenesPerBatch)
            {
                int count = Math.Min(scenesPerBatch, request.Scenes - first);
                Item[][] scenes = [.. ParallelEnumerable.Range(first, count).AsOrdered().Select(i => Visible(i, EvaluateScenes.Draw(request, i)))];
                for (int m = 0; m < outcomes.Length; m++)
                {
                    Add(outcomes[m], device, model, request, request.Methods[m], scenes, cancellation);
                }

                progress.Report(first + count, request.Scenes);
            }
        });
        return outcomes;
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
    private static Item[] Visible(int index, DemoScene scene) => [.. scene.Objects.Where(o => o.Mask.AsSpan().ContainsAnyExcept((byte)0)).Select(o => new Item(index, scene, o))];

    private static void Add(EvaluateOutcome outcome, ComputeDevice device, LoadedModel model, EvaluateRequest request, CamMethod method, Item[][] scenes, CancellationToken cancellation)
    {
        if (method != CamMethod.RandomCAM)
        {
            Add(outcome, device, model, request, new CamOptions { Method = method }, [.. scenes.SelectMany(s => s)], cancellation);
            return;
        }

        // New weights for every scene: one draw for all would measure that draw.
        foreach (Item[] scene in scenes.Where(s => s.Length > 0))
        {
            Add(outcome, device, model, request, new CamOptions { Method = method, Seed = ((ulong)request.Seed * EvaluateScenes.MostScenes) + (ulong)scene[0].Index }, scene, cancellation);
        }
    }

    private static void Add(EvaluateOutcome outcome, ComputeDevice device, LoadedModel model, EvaluateRequest request, CamOptions options, Item[] items, CancellationToken cancellation)
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

        using Tensor input = device.Place(tensor(values, [items.Length, 3, height, width]));
        IReadOnlyList<CamResult> results = new CamEngine(model.Module).RunBatch(input, options, [.. items.Select(i => Target.Class(i.Object.ClassIndex))], null, cancellation);
        for (int i = 0; i < items.Length; i++)
        {
            outcome.Tally.Add(results[i].Frames, items[i].Object.Mask, height, width);
            if (request.ByRoad)
            {
                using Tensor one = input.narrow(0, i, 1);
                outcome.Choices.Add(Choose(model, one, results[i], items[i], request.Seed, cancellation));
            }
        }
    }

    // A map of one pixel points nowhere, and ranks none: it is not to be chosen.
    private static ObjectChoice Choose(LoadedModel model, Tensor input, CamResult maps, Item item, uint seed, CancellationToken cancellation)
    {
        maps = maps with { Frames = [.. maps.Frames.Where(f => f.Height > 1 || f.Width > 1)] };
        YbRoadResult road = YbRoad.Score(model.Module, input, maps, new RoadOptions { Seed = seed }, null, cancellation);
        return ObjectChoice.Of(maps, road, item.Object.Mask, maps.InputHeight, maps.InputWidth, item.Index);
    }
}
