using CAManim.Native.Cli.Options;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Running;

/// <summary>A run that shows something.</summary>
/// <param name="Name">Name of the files it writes.</param>
/// <param name="Model">The network.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Image">The picture; or FILE:KEY, a ready tensor.</param>
/// <param name="Target">What is explained.</param>
internal sealed record DemoJob(string Name, string Model, string Weights, string Image, string Target)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DemoJob> All { get; } =
    [
        new("scenes_cross", "demo_scenes", "default", "demo:cross-and-circle", "cross"),
        new("scenes_circle", "demo_scenes", "default", "demo:cross-and-circle", "circle"),
        new("phantom_malignant", "demo_phantom", "default", "demo:phantom-malignant", "malignant"),
        new("cifar10_dog", "cifar10_resnet20", "../shared/weights/cifar10_resnet20.th", "../shared/reference/inputs.safetensors:both_32", "dog"),
    ];

    /// <summary>Files that have to be there.</summary>
    public IEnumerable<string> Files => new[] { Weights, Input.File! }.Where(f => f != "default" && !f.StartsWith("demo:", StringComparison.Ordinal));

    /// <summary>Whether they are.</summary>
    public bool IsReady => Files.All(File.Exists);

    // Shrinking a picture by bilinear samples to 32 pixels aliases: the tensor was made with antialiasing.
    private InputRequest Input => Image.Contains(".safetensors:", StringComparison.Ordinal)
        ? new InputRequest(null, Image, "stretch", null, null, null)
        : new InputRequest(Image, null, "stretch", null, null, null);

    /// <summary>The run with scores that writes Name.mp4, Name.json, Name_best.png and Name_sheet.png.</summary>
    public RunRequest ToRequest(string folder) => new()
    {
        Network = new NetworkRequest(Model, Weights),
        Input = Input,
        Targets = [Target],
        Layers = "all",
        Cam = new CamOptions(),
        Video = new VideoOptions { ShowImage = true },
        Road = new RoadOptions(),
        Output = Path.Combine(folder, $"{Name}.mp4"),
        Json = Path.Combine(folder, $"{Name}.json"),
        BestLayer = Path.Combine(folder, $"{Name}_best.png"),
        ContactSheet = Path.Combine(folder, $"{Name}_sheet.png"),
    };
}
