using CAManim.Native.Perf.Runs;

// camanim-perf [engine [MODEL]|memory MODEL plain|maps|all]
switch (args)
{
    case ["engine", .. var models]:
        EngineSuite.Run(models.Length > 0 ? models[0] : "resnet50");
        return 0;

    case ["memory", var model, var what]:
        EngineSuite.RunForMemory(model, what);
        return 0;

    case [] or ["all"]:
        EngineSuite.Run("resnet50");
        return 0;

    default:
        Console.Error.WriteLine("Usage: camanim-perf [all | engine [MODEL]]");
        return 2;
}
