// Every test runs a network on all cores, and some measure what is left on disk.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
