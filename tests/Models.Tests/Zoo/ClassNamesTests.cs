namespace CAManim.Native.Models.Tests.Zoo;

public sealed class ClassNamesTests
{
    [Fact]
    public void The_lists_are_whole()
    {
        Assert.Equal(1000, ClassNames.ImageNet.Count);
        Assert.Equal(["tench", "golden retriever", "tabby", "toilet tissue"], new[] { 0, 207, 281, 999 }.Select(i => ClassNames.ImageNet[i]));
        Assert.Equal(10, ClassNames.Cifar10.Count);
    }

    [Theory]
    [InlineData("dog", 5)]
    [InlineData(" DOG ", 5)]
    [InlineData("5", 5)]
    [InlineData("0", 0)]
    public void A_class_is_found_by_index_or_name(string target, int expected) => Assert.Equal(expected, ClassNames.Cifar10.Resolve(target));

    [Fact]
    public void Underscores_and_hyphens_do_not_matter() => Assert.Equal(207, ClassNames.ImageNet.Resolve("Golden_Retriever"));

    [Theory]
    [InlineData("10", "0 to 9")]
    [InlineData("-1", "out of range")]
    [InlineData("9999999999999", "out of range")]
    [InlineData("dgo", "'dog'")]
    [InlineData("", "no class")]
    public void What_is_no_class_is_a_clear_error(string target, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => ClassNames.Cifar10.Resolve(target)).Message);

    [Fact]
    public void A_name_of_several_classes_asks_for_the_index() =>
        Assert.Contains("0, 2", Assert.Throws<ArgumentException>(() => new ClassNames("x", ["crane", "b", "crane"]).Resolve("crane")).Message);

    [Fact]
    public void Part_of_a_name_suggests_the_names_that_hold_it() =>
        Assert.Contains("'golden retriever'", Assert.Throws<ArgumentException>(() => ClassNames.ImageNet.Resolve("golden retr")).Message);
}
