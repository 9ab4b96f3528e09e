// Servers share the one network and time each other's answers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(CAManim.Native.Server.Tests.Support.Network))]
