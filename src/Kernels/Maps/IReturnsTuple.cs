namespace CAManim.Native.Kernels.Maps;

/// <summary>
/// A module that, in the framework which its network comes from, returns a tuple. Here it returns the tuple's one tensor that the network goes
/// on with; like there, its call is no layer.
/// </summary>
public interface IReturnsTuple;
