using System.Xml.Linq;

// ./build.sh TARGET; targets: demo, test, bench, publish, pack, pictures.
var target = Argument("target", "test");
var all = HasArgument("all");
var solution = "CAManim.Native.sln";
var artifacts = MakeAbsolute(Directory("artifacts")).FullPath;
var tool = $"{artifacts}/bin/camanim";

Task("restore").Does(() => DotNetRestore(solution));

Task("build").IsDependentOn("restore").Does(() =>
    DotNetBuild(solution, new DotNetBuildSettings { Configuration = "Release", NoRestore = true, NoLogo = true, Verbosity = DotNetVerbosity.Quiet }));

Task("publish").Does(() =>
{
    CleanDirectory($"{artifacts}/bin");
    DotNetPublish("src/Cli/CAManim.Native.Cli.csproj", new DotNetPublishSettings
    {
        Configuration = "Release",
        OutputDirectory = $"{artifacts}/bin",
        NoLogo = true,
        Verbosity = DotNetVerbosity.Quiet,
    });
    Information($"The tool is at {tool}");
});

Task("demo").IsDependentOn("publish").Does(() =>
{
    EnsureDirectoryExists($"{artifacts}/demo");
    Run(tool, new ProcessArgumentBuilder().Append("demo").Append("--output").AppendQuoted($"{artifacts}/demo"));
});

Task("test").IsDependentOn("build").Does(() =>
{
    var results = $"{artifacts}/tests";
    CleanDirectory(results);
    int passed = 0, failed = 0, skipped = 0;
    bool isBroken = false;
    foreach (var project in GetFiles("tests/*/*.csproj").OrderBy(p => p.FullPath))
    {
        var name = project.GetFilenameWithoutExtension().ToString();
        var arguments = new ProcessArgumentBuilder()
            .Append("test").AppendQuoted(project.FullPath).Append("-c Release --no-build --nologo -v quiet")
            .Append("--logger").AppendQuoted($"trx;LogFileName={name}.trx").Append("--results-directory").AppendQuoted(results);
        if (!all)
        {
            arguments.Append("--filter").AppendQuoted("Category!=Slow");
        }

        isBroken |= StartProcess("dotnet", new ProcessSettings { Arguments = arguments }) != 0;
        var file = $"{results}/{name}.trx";
        if (!FileExists(file))
        {
            failed++;
            Error($"{name}: no results were written.");
            continue;
        }

        XNamespace ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var outcomes = XDocument.Load(file).Descendants(ns + "UnitTestResult").ToList();
        foreach (var result in outcomes)
        {
            switch ((string)result.Attribute("outcome"))
            {
                case "Passed": passed++; break;
                case "NotExecuted": skipped++; break;
                default: failed++; break;
            }
        }

        foreach (var reason in outcomes.Where(r => (string)r.Attribute("outcome") == "NotExecuted")
            .GroupBy(r => (r.Descendants(ns + "Message").FirstOrDefault()?.Value ?? "no reason given").Trim()))
        {
            Information($"{name}: {reason.Count()} skipped: {reason.Key}");
        }
    }

    var summary = $"{passed} passed, {failed} failed, {skipped} skipped";
    System.IO.File.WriteAllText($"{artifacts}/tests/summary.txt", summary + "\n");
    Information(summary);
    if (failed > 0 || isBroken)
    {
        throw new CakeException("Tests failed.");
    }
});

Task("bench").IsDependentOn("publish").Does(() =>
    Run("dotnet", new ProcessArgumentBuilder().Append("run --project perf -c Release --").Append(Argument("suite", "all"))));

Task("pack").IsDependentOn("restore").Does(() =>
{
    foreach (var project in new[] { "Kernels", "Engine", "Models", "Encoding", "Report" })
    {
        DotNetPack($"src/{project}/CAManim.Native.{project}.csproj", new DotNetPackSettings
        {
            Configuration = "Release",
            OutputDirectory = $"{artifacts}/packages",
            NoRestore = true,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
        });
    }
});

// What the documentation shows of the pages.
Task("pictures").IsDependentOn("publish").Does(() =>
{
    EnsureDirectoryExists($"{artifacts}/pictures");
    var page = $"{artifacts}/pictures/report.html";
    Run(tool, new ProcessArgumentBuilder().Append("run --model demo_scenes --weights default --image demo:ring-and-star --target star --target ring --road --report").AppendQuoted(page));
    Shoot($"file://{page}#", 1440, 900, "report.png");
    Shoot($"file://{page}#theme=dark", 1440, 900, "report-dark.png");
    Run("dotnet", new ProcessArgumentBuilder().Append("run --project perf -c Release -- live-picture").AppendQuoted(MakeAbsolute(File("docs/images/live.png")).FullPath));
});

void Shoot(string page, int width, int height, string picture)
{
    var browser = new[] { "chromium-headless-shell", "chromium", "google-chrome" }.Select(Context.Tools.Resolve).FirstOrDefault(p => p is not null)
        ?? throw new CakeException("Chromium is needed to make pictures; on Debian: apt-get install chromium-headless-shell");
    Run(browser.FullPath, new ProcessArgumentBuilder()
        .Append("--headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --virtual-time-budget=5000")
        .Append($"--window-size={width},{height}")
        .AppendQuoted($"--screenshot={MakeAbsolute(File($"docs/images/{picture}")).FullPath}")
        .AppendQuoted(page));
}

void Run(string file, ProcessArgumentBuilder arguments)
{
    var exitCode = StartProcess(file, new ProcessSettings { Arguments = arguments });
    if (exitCode != 0)
    {
        throw new CakeException(exitCode, $"{file} ended with exit code {exitCode}.");
    }
}

RunTarget(target);
