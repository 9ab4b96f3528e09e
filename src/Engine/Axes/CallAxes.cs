namespace CAManim.Native.Engine.Axes;

/// <summary>What is known of a module call's output.</summary>
/// <param name="Order">The meaning of its dimensions.</param>
/// <param name="Rows">h; 0 where it is not known.</param>
/// <param name="Columns">w; 0 where it is not known.</param>
/// <param name="IsIndependent">Whether the picture has no part in it.</param>
internal readonly record struct CallAxes(MapOrder Order, int Rows = 0, int Columns = 0, bool IsIndependent = false);
