namespace CAManim.Native.Models.Tests;

/// <summary>Tests of what is counted for the whole process run with no other test beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
