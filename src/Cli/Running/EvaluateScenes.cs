using CAManim.Native.Cli.Errors;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Cli.Running;

/// <summary>The pictures of an evaluation: a function of model, seed and index alone.</summary>
internal static class EvaluateScenes
{
    /// <summary>Scenes of one seed; the next seed's follow, so that no two seeds share one.</summary>
    public const int MostScenes = 1 << 20;

    /// <summary>Objects in a scene: as asked, or the model's own number.</summary>
    /// <exception cref="UsageException">The model knows no such scenes.</exception>
    public static int Objects(string model, int? asked) => (model, asked) switch
    {
        (DemoNetworks.Scenes, null) => 2,
        (DemoNetworks.Scenes, >= 1 and <= DemoScenes.MaximumObjects) => asked.Value,
        (DemoNetworks.Scenes, _) => throw new UsageException($"--objects {asked} cannot be drawn. Give 1 to {DemoScenes.MaximumObjects}."),
        (DemoNetworks.Phantom, null or 1) => 1,
        (DemoNetworks.Phantom, _) => throw new UsageException($"--objects {asked} is not for {model}: a phantom has one lesion. Leave the option out."),
        _ => throw new UsageException($"There are no scenes with known truth for '{model}'.{Models.NearestNames.Question(model, DemoNetworks.Names)} Use one of {string.Join(", ", DemoNetworks.Names)}."),
    };

    /// <summary>Draws a scene; a phantom has a benign and a malignant lesion in turn.</summary>
    public static DemoScene Draw(EvaluateRequest request, int index)
    {
        // Far below 2^60, where the seeds of training begin.
        ulong seed = ((ulong)request.Seed * MostScenes) + (ulong)index;
        return request.Model == DemoNetworks.Phantom ? DemoPhantoms.Draw(seed, 1 + (index % 2)) : DemoScenes.DrawRandom(seed, request.Objects);
    }
}
