using System.Reflection;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>What a network of one's own says of itself in public properties: <c>InputChannels</c>, <c>InputSize</c>, <c>Mean</c>, <c>StandardDeviation</c>, <c>ClassNames</c>. None is needed.</summary>
internal static class Declared
{
    /// <exception cref="ArgumentException">A property has another type, or a value that makes no sense.</exception>
    public static int? Number(nn.Module network, string name)
    {
        int? value = Read<int?>(network, name, v => v as int?);
        return value is null or > 0 ? value : throw Wrong(network, name, $"is {value}, expected is one or more");
    }

    /// <exception cref="ArgumentException">A property has another type, or a value that makes no sense.</exception>
    public static IReadOnlyList<float>? Numbers(nn.Module network, string name)
    {
        float[]? values = Read(network, name, v => (v as IEnumerable<float>)?.ToArray() ?? (v as IEnumerable<double>)?.Select(d => (float)d).ToArray());
        return values is null || (values.Length > 0 && values.All(float.IsFinite)) ? values : throw Wrong(network, name, "holds no finite numbers");
    }

    /// <exception cref="ArgumentException">A property has another type.</exception>
    public static ClassNames? Names(nn.Module network, string name) =>
        Read(network, name, v => v as ClassNames ?? (v is IEnumerable<string> names ? new ClassNames(network.GetType().Name, names) : null));

    private static T? Read<T>(nn.Module network, string name, Func<object, T?> convert)
    {
        PropertyInfo? property = network.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
        object? value;
        try
        {
            value = property is { CanRead: true } && property.GetIndexParameters().Length == 0 ? property.GetValue(network) : null;
        }
        catch (TargetInvocationException e)
        {
            throw Wrong(network, name, $"failed: {e.InnerException?.Message}");
        }

        return value is null ? default : convert(value) ?? throw Wrong(network, name, $"is a {value.GetType().Name}, which is not what it should be");
    }

    private static ArgumentException Wrong(nn.Module network, string name, string what) =>
        new($"The property {name} of {network.GetType().FullName} {what}. It may say: InputChannels and InputSize (int), Mean and StandardDeviation (float[]), ClassNames (string[]).");
}
