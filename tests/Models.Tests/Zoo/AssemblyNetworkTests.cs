using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

public sealed class AssemblyNetworkTests
{
    private static readonly string Reference = $"{typeof(SampleNetwork).Assembly.Location}:{typeof(SampleNetwork).FullName}";

    [Theory]
    [InlineData("[5, 7]", 5, 7)]
    [InlineData("[5]", 5, 4)]
    [InlineData("""{ "classes": 7, "channels": 6 }""", 6, 7)]
    public void A_class_is_made_with_arguments_in_order_or_by_name(string arguments, int channels, int classes)
    {
        using LoadedModel model = AssemblyNetwork.Create(Reference, arguments);
        Assert.Equal("SampleNetwork", model.Name);
        using Tensor input = zeros(2, 3, 9, 9);
        using Tensor output = model.Module.call(input);
        Assert.Equal([2, classes], output.shape);
        Assert.Equal(channels, model.Module.state_dict()["layers.conv.weight"].shape[0]);
        Assert.Equal(3, model.ClassNames.Resolve("3"));
        Assert.Contains("index", Assert.Throws<ArgumentException>(() => model.ClassNames.Resolve("dog")).Message);
    }

    [Theory]
    [InlineData("[5,7]", 5, 7)]
    [InlineData("""{"classes":7,"channels":6}""", 6, 7)]
    public void The_reference_may_hold_the_arguments(string arguments, int channels, int classes)
    {
        using LoadedModel model = ModelZoo.Create(Reference + arguments);
        Assert.Equal(channels, model.Module.state_dict()["layers.conv.weight"].shape[0]);
        using Tensor input = zeros(1, 3, 9, 9);
        using Tensor output = model.Module.call(input);
        Assert.Equal([1, classes], output.shape);
    }

    [Theory]
    [InlineData(null, "no arguments")]
    [InlineData("[\"x\"]", "Int32 channels")]
    [InlineData("[1,2,3]", "Int32 channels")]
    [InlineData("""{ "channel": 1 }""", "Int32 channels")]
    [InlineData("[1", "no JSON")]
    [InlineData("[-5]", "failed")]
    public void Arguments_that_do_not_fit_are_clear_errors(string? arguments, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => AssemblyNetwork.Create(Reference, arguments)).Message);

    [Fact]
    public void What_is_not_there_is_named()
    {
        string assembly = typeof(SampleNetwork).Assembly.Location;
        Assert.Contains("nowhere.dll", Assert.Throws<ArgumentException>(() => ModelZoo.Create("./nowhere.dll:A.B")).Message);
        Assert.Contains("SampleNetwork", Assert.Throws<ArgumentException>(() => ModelZoo.Create($"{assembly}:CAManim.Native.Models.Tests.Zoo.SampleNetwrk")).Message);
        Assert.Contains("no Module<Tensor, Tensor>", Assert.Throws<ArgumentException>(() => ModelZoo.Create($"{assembly}:{typeof(AssemblyNetworkTests).FullName}")).Message);
        string text = Path.GetTempFileName();
        string fake = text + ".dll";
        File.Move(text, fake);
        Assert.Contains("cannot be loaded", Assert.Throws<ArgumentException>(() => ModelZoo.Create($"{fake}:A")).Message);
        File.Delete(fake);
    }
}
