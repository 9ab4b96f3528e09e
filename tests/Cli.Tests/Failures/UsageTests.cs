using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Commands that were not understood: exit code 2, the nearest names, nothing done.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--method", "GradKAM", "There is no method 'GradKAM'", "'GradCAM'")]
    [InlineData("--target", "dgo", "CIFAR-10 has no class 'dgo'", "'dog'")]
    [InlineData("--target", "10", "Class 10 is out of range", "10 classes, 0 to 9")]
    [InlineData("--target", "-1", "Class -1 is out of range", "0 to 9")]
    [InlineData("--target", "not:dgo", "no class 'dgo'", "'dog'")]
    [InlineData("--colormap", "jett", "There is no colour map 'jett'", "'jet'")]
    [InlineData("--norm", "locl", "--norm 'locl' is not known", "both, local, global")]
    [InlineData("--order", "forward", "--order 'forward' is not known", "execution, registration")]
    [InlineData("--resize", "squash", "--resize 'squash' is not known", "stretch, crop, keep")]
    [InlineData("--progress", "dots", "--progress 'dots' is not known", "auto, bar, lines, json, none")]
    [InlineData("--alpha", "1.5", "--alpha 1.5 is out of range", "0 to 1")]
    [InlineData("--alpha", "NaN", "--alpha NaN is out of range", "0 to 1")]
    [InlineData("--alpha", "half", "'half'", "--alpha")]
    [InlineData("--fps", "0", "--fps 0 is out of range", "above 0")]
    [InlineData("--scale", "0", "--scale 0 is out of range", "1 to 64")]
    [InlineData("--size", "0", "--size '0' is no size", "224x320")]
    [InlineData("--size", "1x2x3", "--size '1x2x3' is no size", "224x320")]
    [InlineData("--mean", "1,2", "--mean '1,2'", "three")]
    [InlineData("--std", "0", "--std '0'", "nonzero")]
    [InlineData("--layers", "layer4.*", "selects no module", "camanim layers")]
    [InlineData("--layers", "class:", "selects nothing", "class:NAME")]
    [InlineData("--device", "gpu", "--device 'gpu' is no device", "cuda:N")]
    [InlineData("--seed", "-3", "'-3'", "--seed")]
    [InlineData("--method-option", "alpha", "--method-option 'alpha' is not NAME=VALUE", "alpha=0.5")]
    [InlineData("--method-option", "alpha=1", "nothing that GradCAM can be told", "FinerCAM (base, classes, alpha)", "MetaCAM (components, top)", "Recipro-CAM (gaussian)")]
    [InlineData("--output-name", "logits", "--output-name", "is none. Leave it out, or give --model FILE.onnx")]
    [InlineData("--methd", "GradCAM", "no option '--methd'", "'--method'")]
    public void A_wrong_option(string option, string value, params string[] words) => Refused([option, value, "--json", _folder.Out("a.json")], words);

    [Theory]
    [InlineData("FinerCAM", "alfa=1", "'alfa' is nothing that FinerCAM can be told", "Known are base, classes, alpha.")]
    [InlineData("FinerCAM", "alpha=much", "alpha takes a finite number", "'much' is not")]
    [InlineData("FinerCAM", "alpha=1e60", "alpha takes a finite number", "'1e60' is not")]
    [InlineData("FinerCAM", "classes=0", "classes takes a whole number of 1 or more", "'0' is not")]
    [InlineData("FinerCAM", "base=GradKAM", "There is no method 'GradKAM'", "'GradCAM'")]
    [InlineData("RefineCAM", "base=MetaCAM", "MetaCAM is made of other methods", "GradCAM")]
    [InlineData("MetaCAM", "components=", "There is no method ''", "Known are")]
    [InlineData("MetaCAM", "top=101", "top takes a percentage above 0 and up to 100", "'101' is not")]
    [InlineData("Recipro-CAM", "gaussian=3", "gaussian takes true or false", "'3' is not")]
    public void A_wrong_method_option(string method, string option, params string[] words) =>
        Refused(["--method", method, "--method-option", option, "--json", _folder.Out("a.json")], words);

    [Fact]
    public void No_output() => Refused([], "--output", "--maps", "--json");

    [Fact]
    public void An_unknown_kind_of_video() => Refused(["--output", _folder.Out("a.mpeg")], "a.mpeg", ".mp4, .webm, .gif, .mkv");

    [Fact]
    public void More_frames_a_second_than_a_gif_can_hold() => Refused(["--output", _folder.Out("a.gif"), "--fps", "101"], "--fps 101", "at most 100");

    [Fact]
    public void Frames_without_a_video() => Refused(["--frames", _folder.Out("f"), "--json", _folder.Out("a.json")], "--frames", "--output");

    [Fact]
    public void Signed_without_maps() => Refused(["--signed", "--json", _folder.Out("a.json")], "--signed", "--maps");

    [Fact]
    public void Two_outputs_of_one_name() => Refused(["--contact-sheet", _folder.Out("a.png"), "--fuse", "mean", "--fused", _folder.Out("a.png")], "same name");

    [Fact]
    public void Two_inputs() => Refused(["--input-tensor", "a:b", "--json", "-"], "Both --image and --input-tensor");

    [Fact]
    public void A_size_that_cropping_cannot_give() => Refused(["--size", "32x48", "--resize", "crop", "--json", "-"], "32x48", "--resize stretch");

    [Fact]
    public void An_input_is_never_overwritten()
    {
        byte[] before = File.ReadAllBytes(_folder.Picture());
        Refused(["--contact-sheet", _folder.Picture()], "would be overwritten");
        Assert.Equal(before, File.ReadAllBytes(_folder.Picture()));
    }

    [Fact]
    public void No_input() => Tool.Run("run", "-m", "cifar10_resnet20", "-w", "rule:a", "--json", "-").Failed(2, "--image", "--input-tensor");

    [Fact]
    public void An_unknown_model() => Tool.Run("predict", "-m", "resnt18", "-w", "rule:a", "--image", _folder.Picture()).Failed(2, "There is no model 'resnt18'", "'resnet18'", "camanim models");

    [Fact]
    public void A_missing_option() => Tool.Run("run").Failed(2, "--model", "--weights", "camanim run --help");

    [Fact]
    public void An_unknown_command() => Tool.Run("prdict").Failed(2, "no command 'prdict'", "'predict'");

    [Fact]
    public void An_option_without_its_value() => Tool.Run("predict", "--model").Failed(2, "--model");

    [Fact]
    public void A_top_of_nothing() => Tool.Run("predict", "-m", "resnet18", "-w", "rule:a", "--image", _folder.Picture(), "--top", "0").Failed(2, "--top 0");

    private void Refused(string[] options, params string[] words)
    {
        Tool.RunSmall(_folder, options).Failed(2, words);
        Assert.Empty(_folder.Outputs);
    }
}
