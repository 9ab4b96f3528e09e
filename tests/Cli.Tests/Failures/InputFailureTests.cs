using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Pictures and tensors that cannot be used: exit code 1, a message, nothing left.</summary>
public sealed class InputFailureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_picture() => Refused("--image", _folder.File("none.png"), "none.png", "cannot be opened");

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.05)]
    public void A_truncated_picture(double share)
    {
        byte[] whole = File.ReadAllBytes(_folder.Picture());
        Refused("--image", _folder.Write("cut.png", whole[..(int)(whole.Length * share)]), "cut.png");
    }

    [Fact]
    public void A_picture_that_promises_too_many_pixels() => Refused("--image", _folder.Write("bomb.png", BrokenPictures.Bomb(50000)), "50000x50000", "Scale it down");

    [Fact]
    public void Text_as_a_picture() => Refused("--image", _folder.Write("text.png", "this is no picture at all"u8.ToArray()), "no image");

    [Fact]
    public void A_folder_as_a_picture() => Refused("--image", _folder.Out(""), "has no picture");

    [Fact]
    public void A_missing_key_of_a_tensor_file()
    {
        SafeTensorsWriter.Write(_folder.File("in.safetensors"), [("dog_32", [3, 4, 4], new float[48])]);
        Refused("--input-tensor", _folder.File("in.safetensors:dog_33"), "no tensor 'dog_33'", "Did you mean 'dog_32'");
    }

    [Fact]
    public void A_tensor_that_is_no_picture()
    {
        SafeTensorsWriter.Write(_folder.File("in.safetensors"), [("x", [3, 16], new float[48])]);
        Refused("--input-tensor", _folder.File("in.safetensors:x"), "[3,16]", "[3,H,W]");
    }

    [Fact]
    public void A_picture_too_small_for_the_network()
    {
        ToolResult result = Tool.Run("predict", "--model", "squeezenet1_1", "--weights", "rule:camanim", "--image", _folder.Picture(), "--size", "4");
        result.Failed(1, "too small for this network", "larger --size");
        Assert.DoesNotContain("frame #", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_tensors_and_no_key()
    {
        SafeTensorsWriter.Write(_folder.File("in.safetensors"), [("a", [1], new float[1]), ("b", [1], new float[1])]);
        Refused("--input-tensor", _folder.File("in.safetensors"), "2 tensors", "a, b");
    }

    private void Refused(string option, string value, params string[] words)
    {
        Tool.Run("run", "--model", "cifar10_resnet20", "--weights", "rule:camanim", option, value, "--progress", "none", "--maps", _folder.Out("a.safetensors"), "--json", _folder.Out("a.json")).Failed(1, words);
        Assert.Empty(_folder.Outputs);
    }
}
