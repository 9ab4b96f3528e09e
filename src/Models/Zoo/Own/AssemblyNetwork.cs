using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using CAManim.Native.Kernels.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>The user's own network: a class in a .NET assembly, <c>./mine.dll:Namespace.Type</c>, derived from <c>Module&lt;Tensor, Tensor&gt;</c>, or with a tuple, list or dictionary of tensors as result. Loading it runs its code.</summary>
public static class AssemblyNetwork
{
    private const string Separator = ".dll:";
    private const int StandardSize = 224;

    /// <summary>Whether a model's name is such a reference.</summary>
    /// <param name="name">What stands after <c>--model</c>.</param>
    public static bool IsReference(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains(Separator, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Makes the network; its weights are as its constructor leaves them. They count as its own (<c>default</c>) where a second one is made with the same: loaded, or seeded.</summary>
    /// <param name="reference"><c>FILE.dll:Namespace.Type</c>; the constructor's arguments may follow as JSON, <c>Type[10,0.5]</c> or <c>Type{"classes":10}</c>.</param>
    /// <param name="argumentsJson">Arguments of the constructor: an array in order, or an object by parameter name; null: what the reference says, or none.</param>
    /// <param name="inputSize">Side of the input in pixels; null: what its property <c>InputSize</c> says, or 224.</param>
    /// <param name="classes">Names of its classes; null: what its property <c>ClassNames</c> says, or none.</param>
    /// <remarks>
    /// The properties <c>InputChannels</c>, <c>Mean</c> and <c>StandardDeviation</c> are read likewise; without them the first convolution says how many channels
    /// the input has, and mean and deviation are ImageNet's for three channels, 0.5 and 0.5 else.
    /// </remarks>
    /// <exception cref="ArgumentException">File, type or constructor are not there or not what is needed, or the network contains itself; the message says what there is.</exception>
    public static LoadedModel Create(string reference, string? argumentsJson = null, int? inputSize = null, ClassNames? classes = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        int arguments = reference.IndexOfAny(['[', '{'], Math.Max(0, reference.IndexOf(Separator, StringComparison.OrdinalIgnoreCase)));
        if (argumentsJson is null && arguments >= 0)
        {
            (reference, argumentsJson) = (reference[..arguments], reference[arguments..]);
        }

        int split = reference.LastIndexOf(Separator, StringComparison.OrdinalIgnoreCase);
        if (split < 0)
        {
            throw new ArgumentException($"'{reference}' is no class in an assembly; expected FILE.dll:Namespace.Type.", nameof(reference));
        }

        string path = Path.GetFullPath(reference[..(split + Separator.Length - 1)]);
        Type type = FindType(Load(path), path, reference[(split + Separator.Length)..]);
        nn.Module network = Construct(type, argumentsJson);
        OwnNetworks.CheckTree(network);
        int size = inputSize ?? Declared.Number(network, "InputSize") ?? StandardSize;
        int channels = Declared.Number(network, "InputChannels") ?? FirstConvolution.InChannels(network) ?? 3;
        Architecture standard = new(type.Name, () => OwnNetworks.Wrap(network), size, (int)(size * 256L / StandardSize));
        return new LoadedModel(
            standard with
            {
                Classes = classes ?? Declared.Names(network, "ClassNames") ?? ClassNames.Unnamed,
                InputChannels = channels,
                Mean = Declared.Numbers(network, "Mean") ?? (channels == 3 ? standard.Mean : [.. Enumerable.Repeat(0.5f, channels)]),
                StandardDeviation = Declared.Numbers(network, "StandardDeviation") ?? (channels == 3 ? standard.StandardDeviation : [.. Enumerable.Repeat(0.5f, channels)]),
                CheckOwnWeights = () => CheckRepeatable(network, type, argumentsJson),
            },
            hasWeights: true);
    }

    /// <summary>A constructor that loads or seeds makes the same network again; one that leaves random values does not.</summary>
    private static void CheckRepeatable(nn.Module network, Type type, string? argumentsJson)
    {
        using nn.Module second = Construct(type, argumentsJson);
        if (OwnNetworks.FirstDifference(network, second) is { } key)
        {
            throw new Weights.WeightFileException($"{type.FullName} brings no weights: made twice, its '{key}' differs, as random values do. Give --weights FILE or rule:SALT, or let the constructor load them.");
        }
    }

    private static Assembly Load(string path)
    {
        FileKind.CheckReadable(path);
        try
        {
            return new Context(path).LoadFromAssemblyPath(path);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            throw new ArgumentException($"The assembly '{path}' cannot be loaded: {e.Message} Give the path of a .NET assembly.", e);
        }
    }

    private static Type FindType(Assembly assembly, string path, string name)
    {
        Type[] networks = [.. Types(assembly, path).Where(t => !t.IsAbstract && OwnNetworks.ResultOf(t) is not null)];
        if (networks.FirstOrDefault(t => t.FullName == name) is { } found)
        {
            return !found.ContainsGenericParameters ? found : throw new ArgumentException($"'{name}' of '{path}' is generic, and its arguments are not known here. Derive a class that says them: class My{found.Name[..found.Name.IndexOf('`', StringComparison.Ordinal)]} : {found.Name[..found.Name.IndexOf('`', StringComparison.Ordinal)]}<...>.");
        }

        string[] names = [.. networks.Select(t => t.FullName!)];
        string why = assembly.GetType(name) is null ? $"has no class '{name}'" : $"has '{name}', but it is no Module<Tensor, Tensor> of TorchSharp that can be made (nor Module<Tensor, tuple, list or dictionary of tensors>)";
        throw new ArgumentException($"'{path}' {why}.{NearestNames.Question(name, names)} Its networks: {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
    }

    private static Type[] Types(Assembly assembly, string path)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            Type[] loaded = [.. e.Types.OfType<Type>()];
            return loaded.Length > 0 ? loaded : throw Incomplete(path, e.LoaderExceptions.OfType<Exception>().FirstOrDefault() ?? e);
        }
        catch (Exception e) when (IsIncomplete(e))
        {
            throw Incomplete(path, e);
        }
    }

    /// <summary>What .NET throws where an assembly needs another that is not there, is another version, or is broken.</summary>
    private static bool IsIncomplete(Exception e) => e is IOException or BadImageFormatException or TypeLoadException or MissingMemberException;

    private static ArgumentException Incomplete(string what, Exception e) =>
        new($"'{what}' needs what is not beside it, or not in this version: {e.Message} Publish it with all that it needs (dotnet publish), for the same TorchSharp ({typeof(torch).Assembly.GetName().Version}).", e);

    private static nn.Module Construct(Type type, string? json)
    {
        JsonElement arguments = default;
        if (json is not null)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(json);
                arguments = document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                throw new ArgumentException($"The constructor's arguments are no JSON: {e.Message} Give an array in order, or an object by parameter name.", e);
            }
        }

        ConstructorInfo[] constructors = type.GetConstructors();
        foreach (ConstructorInfo constructor in constructors)
        {
            if (TryBind(constructor.GetParameters(), arguments, out object?[] values))
            {
                try
                {
                    return (nn.Module)constructor.Invoke(values);
                }
                catch (Exception e) when (IsIncomplete((e as TargetInvocationException)?.InnerException ?? e))
                {
                    throw Incomplete(type.FullName!, (e as TargetInvocationException)?.InnerException ?? e);
                }
                catch (TargetInvocationException e)
                {
                    throw new ArgumentException($"The constructor of {type.FullName} failed: {e.InnerException?.Message}", e.InnerException);
                }
            }
        }

        string known = string.Join(" or ", constructors.Select(c => $"({string.Join(", ", c.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"))})"));
        throw new ArgumentException($"No constructor of {type.FullName} takes {json ?? "no arguments"}. There are: {(known.Length == 0 ? "no public ones" : known)}.");
    }

    private static bool TryBind(ParameterInfo[] parameters, JsonElement arguments, out object?[] values)
    {
        values = new object?[parameters.Length];
        if (Array.Exists(parameters, p => p.ParameterType is { IsByRef: true } or { IsPointer: true } or { IsByRefLike: true } or { IsFunctionPointer: true }))
        {
            return false;
        }
        int given = arguments.ValueKind switch
        {
            JsonValueKind.Array => arguments.GetArrayLength(),
            JsonValueKind.Object => arguments.EnumerateObject().Count(),
            JsonValueKind.Undefined => 0,
            _ => -1,
        };
        int used = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            JsonElement value = default;
            bool isGiven = arguments.ValueKind switch
            {
                JsonValueKind.Array when i < given => (value = arguments[i]).ValueKind != JsonValueKind.Undefined,
                JsonValueKind.Object => arguments.TryGetProperty(parameters[i].Name!, out value),
                _ => false,
            };
            if (!isGiven && !parameters[i].HasDefaultValue)
            {
                return false;
            }

            try
            {
                values[i] = isGiven ? value.Deserialize(parameters[i].ParameterType) : parameters[i].DefaultValue;
            }
            catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
            {
                return false;
            }

            used += isGiven ? 1 : 0;
        }

        return used == given;
    }

    /// <summary>Finds what the assembly needs beside it; what this process has already (TorchSharp above all) is shared.</summary>
    private sealed class Context(string path) : AssemblyLoadContext(path)
    {
        private readonly AssemblyDependencyResolver? _resolver = File.Exists(path) ? new AssemblyDependencyResolver(path) : null;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Default.Assemblies.Any(a => a.GetName().Name == assemblyName.Name))
            {
                return null;
            }

            return _resolver?.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
        }
    }
}
