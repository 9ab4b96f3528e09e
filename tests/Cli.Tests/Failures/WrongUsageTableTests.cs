using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>
/// What is typed wrongly, and what is answered: exit code and words of the one message. Nothing is left. RUN stands for a small network with picture,
/// PICTURE for a picture, OUT for a place in the folder of outputs.
/// </summary>
public sealed class WrongUsageTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "rnu -m resnet18", "no command 'rnu'", "'run'")]
    [InlineData(2, "prdict", "no command 'prdict'", "'predict'")]
    [InlineData(2, "reprot a.json", "no command 'reprot'", "'report'")]
    [InlineData(2, "run", "--model", "--weights", "camanim run --help")]
    [InlineData(2, "run -m resnet18 --json -", "--weights")]
    [InlineData(2, "run -m resnt18 -w rule:a -i PICTURE --json -", "no model 'resnt18'", "'resnet18'", "camanim models")]
    [InlineData(2, "run RUN", "Nothing was asked for", "--output FILE.mp4")]
    [InlineData(2, "run RUN --methd GradCAM --json -", "no option '--methd'", "'--method'")]
    [InlineData(2, "run RUN --class dog --json -", "no option '--class'", "--target CLASS")]
    [InlineData(2, "run RUN --target-layer layer3 --json -", "no option '--target-layer'", "--layers GLOB")]
    [InlineData(2, "run RUN --gpu --json -", "no option '--gpu'", "--device cuda")]
    [InlineData(2, "run RUN --method GradKAM --json -", "no method 'GradKAM'", "'GradCAM'")]
    [InlineData(2, "run RUN --method-option alpha --json -", "not NAME=VALUE", "alpha=0.5")]
    [InlineData(2, "run RUN --method-option alpha=1 --json -", "nothing that GradCAM can be told", "FinerCAM")]
    [InlineData(2, "run RUN --target dgo --json -", "no class 'dgo'", "'dog'", "camanim predict")]
    [InlineData(2, "run RUN --target 10 --json -", "Class 10 is out of range", "0 to 9")]
    [InlineData(2, "run RUN --target not:dgo --json -", "no class 'dgo'", "'dog'")]
    [InlineData(2, "run RUN --layers layer5.* --json -", "selects no module", "'layer1.*'", "camanim layers")]
    [InlineData(2, "run RUN --layers layr3 --json -", "selects no module", "'layer3'")]
    [InlineData(2, "run RUN --layers class:Conv3d --json -", "selects no module", "'Conv2d'")]
    [InlineData(2, "run RUN --layers class: --json -", "selects nothing", "class:NAME")]
    [InlineData(2, "run RUN --norm locl --json -", "--norm 'locl' is not known", "both, local, global")]
    [InlineData(2, "run RUN --order forward --json -", "--order 'forward' is not known")]
    [InlineData(2, "run RUN --resize squash --json -", "--resize 'squash' is not known")]
    [InlineData(2, "run RUN --colormap jett --json -", "no colour map 'jett'", "'jet'")]
    [InlineData(2, "run RUN --alpha 2 --json -", "--alpha 2 is out of range", "0 to 1")]
    [InlineData(2, "run RUN --alpha half --json -", "'half'", "--alpha")]
    [InlineData(2, "run RUN --fps 0 --json -", "--fps 0 is out of range")]
    [InlineData(2, "run RUN --scale 0 --json -", "--scale 0 is out of range")]
    [InlineData(2, "run RUN --size 0 --json -", "--size '0' is no size")]
    [InlineData(2, "run RUN --device gpu --json -", "--device 'gpu' is no device", "cuda:N")]
    [InlineData(2, "run RUN --seed -3 --json -", "'-3'", "--seed")]
    [InlineData(2, "run RUN --channels all --json -", "--channels 'all'", "top:64")]
    [InlineData(2, "run RUN --std 0 --json -", "--std '0'")]
    [InlineData(2, "run RUN --road-trials 5 --json -", "--road-trials", "--road too")]
    [InlineData(2, "run RUN --road --road-trials 0 --json -", "--road-trials 0 is out of range")]
    [InlineData(2, "run RUN --road --road-percentiles 0,50 --json -", "--road-percentiles '0,50'")]
    [InlineData(2, "run RUN --fuse median --fused OUT.png", "--fuse 'median' is not known")]
    [InlineData(2, "run RUN --fuse mean", "--fused")]
    [InlineData(2, "run RUN --fused OUT.png", "--fuse mean")]
    [InlineData(2, "run RUN --fuse mean --fused OUT.jpg", "OUT.jpg", ".png")]
    [InlineData(2, "run RUN --fuse weighted --fused OUT.png", "--road too")]
    [InlineData(2, "run RUN --output OUT.mpg", "OUT.mpg", ".mp4, .webm")]
    [InlineData(2, "run RUN --output OUT", "does not end like a video")]
    [InlineData(2, "run RUN --output OUT.gif --fps 200", "--fps 200", "at most 100")]
    [InlineData(2, "run RUN --maps OUT", "does not end like a file of maps", ".safetensors or .npz")]
    [InlineData(2, "run RUN --maps OUT.npy", "OUT.npy", ".safetensors or .npz")]
    [InlineData(2, "run RUN --maps OUT.mat", "OUT.mat", ".safetensors or .npz")]
    [InlineData(2, "run RUN --json OUT.txt", "OUT.txt", ".json")]
    [InlineData(2, "run RUN --json OUT", "does not end in .json")]
    [InlineData(2, "run RUN --report OUT.pdf", "OUT.pdf", ".html")]
    [InlineData(2, "run RUN --contact-sheet OUT.jpg", "OUT.jpg", ".png")]
    [InlineData(2, "run RUN --best-layer OUT.png", "--road too")]
    [InlineData(2, "run RUN --signed --json -", "--signed", "--maps")]
    [InlineData(2, "run RUN --frames OUT --json -", "--frames", "--output")]
    [InlineData(2, "run RUN --progress dots --json -", "--progress 'dots' is not known")]
    [InlineData(2, "run RUN --input-tensor a:b --json -", "Both --image and --input-tensor")]
    [InlineData(2, "predict -m resnet18 -w rule:a -i PICTURE --top 0", "--top 0")]
    [InlineData(2, "predict --model", "--model")]
    [InlineData(2, "predict -m demo_scenes -i demo:dog", "dog")]
    [InlineData(2, "compare RUN", "Nothing was asked for", "--grid FILE.png")]
    [InlineData(2, "compare RUN --methods GradCAM,Grad --json -", "no method 'Grad'")]
    [InlineData(2, "compare RUN --percentiles 0,101 --json -", "--percentiles '0,101'", "0 (the first layer)")]
    [InlineData(2, "compare RUN --panel 5 --json -", "--panel 5 is out of range")]
    [InlineData(2, "compare RUN --grid OUT.svg", "OUT.svg", ".png")]
    [InlineData(2, "compare RUN --json OUT.txt", "OUT.txt", ".json")]
    [InlineData(2, "compare RUN --layers layer9.* --json -", "selects no module", "camanim layers")]
    [InlineData(2, "ybroad RUN --smooth 4", "--smooth 4", "odd")]
    [InlineData(2, "ybroad RUN --trials 0", "--trials 0 is out of range")]
    [InlineData(2, "ybroad RUN --plot OUT.pdf", "OUT.pdf", ".png or .svg")]
    [InlineData(2, "ybroad RUN --panels", "--panels", "--plot")]
    [InlineData(2, "ybroad RUN --csv OUT.xls", "OUT.xls", ".csv")]
    [InlineData(2, "ybroad RUN --json OUT.txt", "OUT.txt", ".json")]
    [InlineData(2, "ybroad RUN --method GradCAM --methods LayerCAM", "Both --method and --methods")]
    [InlineData(2, "ybroad RUN --layers layer9.*", "selects no module", "camanim layers")]
    [InlineData(2, "report", "RESULT.json")]
    [InlineData(2, "report a.json --output OUT.txt", "OUT.txt", ".html")]
    [InlineData(2, "report a.json --maps a.safetensors --maps b.safetensors", "2 times for 1")]
    [InlineData(2, "evaluate --model resnet18", "no scenes", "demo_scenes")]
    [InlineData(2, "evaluate --objects 9", "--objects 9")]
    [InlineData(2, "serve -m demo_scenes --port 8080", "no option '--port'", "--listen 127.0.0.1:PORT")]
    [InlineData(2, "serve -m demo_scenes --listen nowhere", "nowhere")]
    [InlineData(2, "serve -m demo_scenes --queue 0", "--queue 0")]
    [InlineData(2, "live -m demo_scenes", "--source")]
    [InlineData(2, "live -m demo_scenes -s demo --road-share 2", "--road-share 2", "0 to 0.5")]
    [InlineData(2, "live -m demo_scenes -s demo --fps -1", "--fps -1")]
    [InlineData(2, "live -m demo_scenes -s demo --size 0x0", "--size '0x0'")]
    [InlineData(2, "completion powershell", "powershell", "bash")]
    [InlineData(1, "report none.json --output OUT.html", "no file 'none.json'", "run --json")]
    [InlineData(1, "predict -m demo_scenes -i none.png", "none.png")]
    [InlineData(1, "predict -m demo_scenes -i PICTURE.safetensors", "PICTURE.safetensors")]
    [InlineData(1, "run RUN --json /none/a.json", "/none", "does not exist")]
    [InlineData(1, "live -m demo_scenes -s none.mp4 --listen 127.0.0.1:0", "none.mp4")]
    public void Is_answered(int code, string command, params string[] words)
    {
        string[] arguments = [.. command.Split(' ').SelectMany(Word)];
        Tool.Run(arguments).Failed(code, [.. words.Select(w => string.Concat(Word(w)))]);
        Assert.Empty(_folder.Outputs);
    }

    /// <summary>Other tools' spellings are understood.</summary>
    [Theory]
    [InlineData("gradcampp")]
    [InlineData("GradCAMpp")]
    [InlineData("grad-cam++")]
    [InlineData("gradcam_plusplus")]
    [InlineData("GradCAM++")]
    public void A_method_of_many_spellings(string name) =>
        Assert.Equal(Engine.Methods.CamMethod.GradCAMPlusPlus, Options.MethodList.Find(name));

    /// <summary>Breeds go by more words: those that have the word come first.</summary>
    [Fact]
    public void A_word_of_many_classes() =>
        Tool.Run("run", "-m", "resnet18", "-w", "rule:a", "-i", _folder.Picture(), "--target", "terrier", "--json", "-").Failed(2, "no class 'terrier'", " terrier'", "camanim predict");

    private IEnumerable<string> Word(string word) => word switch
    {
        "RUN" => ["-m", "cifar10_resnet20", "-w", "rule:camanim", "-i", _folder.Picture()],
        _ => [word.Replace("PICTURE", _folder.Picture()).Replace("OUT", _folder.Out("a"))],
    };
}
