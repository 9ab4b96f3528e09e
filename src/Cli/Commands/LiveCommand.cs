using System.CommandLine;
using System.Globalization;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Running;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Sources;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>live</c>: a page that shows what a network sees in a camera, a video or a folder.</summary>
internal static class LiveCommand
{
    private const int LargestSide = 8192;

    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        DeviceOption device = new();
        CamOptionGroup cam = new();
        ColourOptionGroup colours = new();
        ServerOptionGroup server = new();
        Option<string> source = new("--source", "-s") { Description = "camera (camera:/dev/video1 for another), a video file, a picture, a folder of pictures, - for raw frames on standard input, or demo for drawn scenes.", HelpName = "camera|FILE|DIR|-|demo", Required = true };
        Option<bool> loop = new("--loop") { Description = "Begin a file or a folder again at its end." };
        Option<double?> rate = new("--fps") { Description = "Pictures a second; 0: as fast as they can be read. Default: the video's own times, 1 for folders.", HelpName = "N" };
        Option<string?> size = new("--size") { Description = "Width and height of raw frames.", HelpName = "WxH" };
        Option<string> pixel = Choice.Option("--pixel", "Pixels of raw frames.", "rgb24", "rgb24");
        Option<double> road = new("--road-share") { Description = "Share of the time that scoring (ybROAD-light) may take, 0 to 0.5; 0: no scores.", HelpName = "SHARE", DefaultValueFactory = _ => 0.1 };
        Command command = new("live", "Serves a page with the maps of all layers while pictures come; the newest picture wins. The image service of 'camanim serve' is there too. Ends with a video, or with Ctrl-C; a picture and the last of a folder stay.");
        foreach (Option option in (Option[])[source, loop, rate, size, pixel])
        {
            command.Add(option);
        }

        model.AddTo(command);
        device.AddTo(command);
        cam.AddTo(command);
        foreach (Option option in colours.Options)
        {
            command.Add(option);
        }

        command.Add(road);
        server.AddTo(command);
        ExampleHelp.Add(
            command,
            "camanim live --source camera --model resnet18 --weights resnet18.pth",
            "camanim live --source street.mp4 --loop --model resnet50 --weights resnet50.pth --layers 'layer*'",
            "camanim live --source demo --model demo_scenes --weights default",
            "producer | camanim live --source - --size 640x480 --model demo_scenes --weights default");
        command.SetAction(parsed =>
        {
            double share = parsed.GetValue(road);
            if (!(share is >= 0 and <= 0.5))
            {
                throw new UsageException($"--road-share {share} is no share of the time. Give 0 to 0.5.");
            }

            if (parsed.GetValue(rate) is { } fps && !(fps is >= 0 and <= 1000))
            {
                throw new UsageException($"--fps {fps} is no rate. Give 0 (as fast as they can be read) to 1000.");
            }

            (string colorMap, float alpha) = colours.Read(parsed);
            CamOptions options = cam.Read(parsed);
            if (cam.Targets(parsed) is not [var target])
            {
                throw new UsageException($"{cam.Targets(parsed).Count} targets were given; a live page shows one, which it can change. Give one --target.");
            }

            return ServerRunner.Live(
                new ServeRequest(device.Read(parsed), model.Read(parsed, context.Error), server.Read(parsed) with { Activation = options.Activation }),
                new LiveSettings { Target = target, Layers = cam.Layers(parsed), Method = CamMethods.NameOf(options.Method), Options = options, Resize = server.Resize(parsed), RoadShare = share, Look = new LiveLook { ColorMap = colorMap, Alpha = alpha } },
                new SourceOptions { Source = parsed.GetValue(source)!, IsLooping = parsed.GetValue(loop), FramesPerSecond = parsed.GetValue(rate), Size = ReadSize(parsed.GetValue(size)) },
                context);
        });
        return command;
    }

    private static (int Width, int Height)? ReadSize(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return text.Split('x', 'X') is [var width, var height]
            && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int w) && w is >= 1 and <= LargestSide
            && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out int h) && h is >= 1 and <= LargestSide
            ? (w, h)
            : throw new UsageException($"--size '{text}' is no size of frames. Give width x height, for instance 640x480.");
    }
}
