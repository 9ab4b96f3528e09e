using CAManim.Native.Perf;
using CAManim.Native.Perf.Runs;

// A last argument --quick runs everything once: whether it runs, not how fast.
Statistics.IsQuick = args is [.., "--quick"];

// memory and load-once are what suites start as processes of their own.
switch (Statistics.IsQuick ? args[..^1] : args)
{
    case ["engine"]:
        EngineSuite.Run("resnet50");
        return 0;

    case ["engine", var model]:
        EngineSuite.Run(model);
        return 0;

    case ["engine", var model, var size, .. var repeats] when int.TryParse(size, out int side) && repeats.Length < 2:
        EngineSuite.Run(model, side, repeats is [var count] ? int.Parse(count) : null);
        return 0;

    case ["video", .. var models]:
        VideoSuite.Run(models.Length > 0 ? models[0] : "resnet50");
        return 0;

    case ["road", .. var models]:
        RoadSuite.Run(models.Length > 0 ? models[0] : "resnet18", models is [_, "all"]);
        return 0;

    case ["road-memory", .. var models] when models.Length < 2:
        RoadMemorySuite.Run(models.Length > 0 ? models[0] : "densenet161");
        return 0;

    case ["methods", .. var models]:
        MethodSuite.Run(models.Length > 0 ? models[0] : "resnet50");
        return 0;

    case ["load", .. var rest] when rest.Length < 3:
        LoadSuite.Run(rest is [var network, ..] ? network : "resnet50", rest is [_, var file] ? file : null);
        return 0;

    case ["perturbation", var model, .. var layers]:
        PerturbationSuite.Run(model, layers.FirstOrDefault());
        return 0;

    case ["kernels"]:
        CAManim.Native.Perf.Kernels.ReductionBenchmark.Run(Console.Out);
        CAManim.Native.Perf.Kernels.ResizeBenchmark.Run(Console.Out);
        CAManim.Native.Perf.Kernels.ImputationBenchmark.Run(Console.Out, withScipy: false);
        return 0;

    case ["imputation"] or ["imputation", "--scipy"]:
        CAManim.Native.Perf.Kernels.ImputationBenchmark.Run(Console.Out, withScipy: args.Contains("--scipy"));
        return 0;

    case ["load-once", var model, var path, var small, var what]:
        LoadSuite.RunOnce(model, path, small, what);
        return 0;

    case ["threads", .. var models]:
        ThreadSuite.Run(models.Length > 0 ? models[0] : "demo_scenes");
        return 0;

    case ["live", .. var rest]:
        await LiveSuite.Run(rest.Length > 0 ? rest[0] : "demo_scenes", rest.Length > 1 ? double.Parse(rest[1]) : 20).ConfigureAwait(false);
        return 0;

    case ["live-memory", .. var rest]:
        await LiveMemorySuite.Run(rest.Length > 0 && rest[0] != "--server" ? double.Parse(rest[0]) : 20, rest.Contains("--server")).ConfigureAwait(false);
        return 0;

    case ["live-video", .. var rest]:
        LiveVideoSuite.Run(rest.Length > 0 ? rest[0] : "demo_scenes");
        return 0;

    case ["live-picture", var picture]:
        await LiveShot.Run(picture).ConfigureAwait(false);
        return 0;

    case ["memory", var model, var side, var what]:
        EngineSuite.RunForMemory(model, int.Parse(side), what);
        return 0;

    case [] or ["all"]:
        CAManim.Native.Perf.Kernels.ReductionBenchmark.Run(Console.Out);
        EngineSuite.Run("resnet50");
        VideoSuite.Run("resnet50");
        MethodSuite.Run("resnet50");
        RoadSuite.Run("resnet18");
        LoadSuite.Run("resnet50");
        return 0;

    default:
        Console.Error.WriteLine("Usage: camanim-perf [all | kernels | imputation [--scipy] | engine [MODEL [SIZE [REPEATS]]] | video [MODEL] | road [MODEL [all]] | road-memory [MODEL] | methods [MODEL] | load [MODEL [FILE]] | perturbation MODEL [LAYERS] | threads [MODEL] | live [MODEL [SECONDS]] | live-memory [MINUTES] [--server] | live-video [MODEL] | live-picture FILE.png] [--quick]");
        return 2;
}
