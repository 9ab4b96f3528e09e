using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>The user's own network: a class in a .NET assembly, <c>./mine.dll:Namespace.Type</c>, derived from <c>Module&lt;Tensor, Tensor&gt;</c>. Loading it runs its code.</summary>
public static class AssemblyNetwork
{
    private const string Separator = ".dll:";

    /// <summary>Whether a model's name is such a reference.</summary>
    /// <param name="name">What stands after <c>--model</c>.</param>
    public static bool IsReference(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains(Separator, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Makes the network; its weights are as its constructor leaves them.</summary>
    /// <param name="reference"><c>FILE.dll:Namespace.Type</c>; the constructor's arguments may follow as JSON, <c>Type[10,0.5]</c> or <c>Type{"classes":10}</c>.</param>
    /// <param name="argumentsJson">Arguments of the constructor: an array in order, or an object by parameter name; null: what the reference says, or none.</param>
    /// <param name="inputSize">Side of the input in pixels.</param>
    /// <param name="classes">Names of its classes, or null.</param>
    /// <exception cref="ArgumentException">File, type or constructor are not there or not what is needed; the message says what there is.</exception>
    public static LoadedModel Create(string reference, string? argumentsJson = null, int inputSize = 224, ClassNames? classes = null)
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
        nn.Module<Tensor, Tensor> network = Construct(type, argumentsJson);
        return new LoadedModel(new Architecture(type.Name, () => network, inputSize, inputSize * 256 / 224) { Classes = classes ?? ClassNames.Unnamed });
    }

    private static Assembly Load(string path)
    {
        try
        {
            return new Context(path).LoadFromAssemblyPath(path);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw new ArgumentException($"The assembly '{path}' cannot be loaded: {e.Message} Give the path of a .NET assembly.", e);
        }
    }

    private static Type FindType(Assembly assembly, string path, string name)
    {
        Type[] networks = [.. assembly.GetTypes().Where(t => !t.IsAbstract && typeof(nn.Module<Tensor, Tensor>).IsAssignableFrom(t))];
        if (networks.FirstOrDefault(t => t.FullName == name) is { } found)
        {
            return found;
        }

        string[] names = [.. networks.Select(t => t.FullName!)];
        string why = assembly.GetType(name) is null ? $"has no class '{name}'" : $"has '{name}', but it is no Module<Tensor, Tensor> of TorchSharp that can be made";
        throw new ArgumentException($"'{path}' {why}.{NearestNames.Question(name, names)} Its networks: {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
    }

    private static nn.Module<Tensor, Tensor> Construct(Type type, string? json)
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
                    return (nn.Module<Tensor, Tensor>)constructor.Invoke(values);
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
            catch (Exception e) when (e is JsonException or NotSupportedException)
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
