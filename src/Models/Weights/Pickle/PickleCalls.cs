namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>The allow-list: what a pickle may name and what becomes of a call to it. Everything else is refused by name.</summary>
internal static class PickleCalls
{
    private const string ScriptClass = "__torch__";
    private const string Rebuild = "torch._utils._rebuild_tensor";

    private static readonly Dictionary<string, WeightType> Storages = new(StringComparer.Ordinal)
    {
        ["torch.DoubleStorage"] = WeightType.Float64,
        ["torch.FloatStorage"] = WeightType.Float32,
        ["torch.HalfStorage"] = WeightType.Float16,
        ["torch.BFloat16Storage"] = WeightType.BFloat16,
        ["torch.LongStorage"] = WeightType.Int64,
        ["torch.IntStorage"] = WeightType.Int32,
        ["torch.ShortStorage"] = WeightType.Int16,
        ["torch.CharStorage"] = WeightType.Int8,
        ["torch.ByteStorage"] = WeightType.UInt8,
        ["torch.BoolStorage"] = WeightType.Bool,
    };

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        Rebuild, "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter",
        "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "torch.Size",
    };

    /// <summary>Values that checkpoints carry beside the weights: settings, scalars, dates. They are kept as names.</summary>
    private static readonly HashSet<string> Opaques = new(StringComparer.Ordinal)
    {
        "argparse.Namespace", "torch.device", "_codecs.encode", "pathlib.PosixPath", "pathlib.PurePosixPath",
        "numpy.dtype", "numpy.ndarray", "numpy.core.multiarray.scalar", "numpy.core.multiarray._reconstruct",
        "numpy._core.multiarray.scalar", "numpy._core.multiarray._reconstruct", "datetime.datetime", "datetime.date", "datetime.timedelta",
        "torch.float64", "torch.float32", "torch.float16", "torch.bfloat16", "torch.int64", "torch.int32", "torch.int16", "torch.int8", "torch.uint8", "torch.bool",
    };

    private static readonly HashSet<string> BuiltIns = new(StringComparer.Ordinal)
    {
        "dict", "list", "tuple", "set", "frozenset", "int", "float", "str", "bool", "bytes", "bytearray", "complex", "slice", "object",
    };

    /// <param name="module">Python module.</param>
    /// <param name="name">Name in it.</param>
    /// <param name="isScript">Whether the archive's own classes (<c>__torch__</c>) are allowed, as objects with attributes.</param>
    public static PickleGlobal Global(string module, string name, bool isScript)
    {
        string full = $"{module}.{name}";
        if (isScript && (module.StartsWith(ScriptClass, StringComparison.Ordinal) || module == "torch.jit._pickle"))
        {
            return new PickleGlobal(full);
        }

        if (module is "builtins" or "__builtin__" && BuiltIns.Contains(name))
        {
            return new PickleGlobal(name);
        }

        if (Storages.ContainsKey(full) || Functions.Contains(full) || Opaques.Contains(full))
        {
            return new PickleGlobal(full);
        }

        if (IsNetwork(module))
        {
            throw new PickleException($"it is a whole network (of the class '{Shown.Text(full)}'), saved with torch.save(model) instead of torch.save(model.state_dict()): reading it would run the program that it names, which is not done", PickleFault.Refusal);
        }

        throw new PickleException($"it asks Python for '{Shown.Text(full)}', which is not among what weight files need; nothing was executed", PickleFault.Refusal);
    }

    /// <summary>Bytes that a call with these arguments may take: containers among them are copied.</summary>
    public static long Cost(object?[] arguments)
    {
        long cost = (long)PickleBudget.Reference * arguments.Length;
        foreach (object? argument in arguments)
        {
            cost += (long)PickleBudget.Reference * 2 * argument switch
            {
                object?[] tuple => tuple.Length,
                List<object?> list => list.Count,
                _ => 1,
            };
        }

        return cost;
    }

    public static object? Call(string name, object?[] arguments) => name switch
    {
        Rebuild or "torch._utils._rebuild_tensor_v2" => Tensor(arguments),
        "torch._utils._rebuild_parameter" => arguments.Length > 0 && arguments[0] is PickleTensor tensor ? tensor : throw new PickleException("a parameter is made of no tensor"),
        "collections.OrderedDict" or "collections.defaultdict" or "collections.Counter" or "dict" => Dictionary(arguments),
        "torch.Size" or "tuple" => arguments.Length == 1 ? Items(arguments[0]) : arguments,
        "list" or "set" or "frozenset" => new List<object?>(arguments.Length == 1 ? Items(arguments[0]) : []),
        _ when name.StartsWith(ScriptClass, StringComparison.Ordinal) => new PickleObject(),
        _ when Storages.ContainsKey(name) => throw new PickleException($"'{name}' is called; a storage is only named in weight files"),
        _ => new PickleOpaque(name),
    };

    /// <summary>A persistent id: ('storage', type, key, location, count[, view]).</summary>
    public static PickleStorage Storage(object? id)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not "storage" || parts[1] is not PickleGlobal type || parts[2] is not string key || parts[4] is not long count)
        {
            throw new PickleException("a storage is not described as PyTorch does");
        }

        if (!Storages.TryGetValue(type.Name, out WeightType elements))
        {
            throw new PickleException($"a storage has the type '{type.Name}'; read are {string.Join(", ", Storages.Keys)}");
        }

        if (parts.Length > 5 && parts[5] is not null)
        {
            throw new PickleException($"the storage '{key}' is a view of another, as only very old files have it; save the state dict again with a recent PyTorch", PickleFault.Content);
        }

        return count >= 0 ? new PickleStorage(elements, key, count) : throw new PickleException($"the storage '{key}' has {count} elements");
    }

    private static bool IsNetwork(string module) =>
        module.StartsWith("torch.nn.", StringComparison.Ordinal) || module.StartsWith("torchvision.models.", StringComparison.Ordinal) || module.StartsWith("timm.models.", StringComparison.Ordinal);

    private static PickleTensor Tensor(object?[] arguments)
    {
        if (arguments is not [PickleStorage storage, long offset, object?[] size, object?[] stride, ..] || size.Length != stride.Length || size.Length > 32)
        {
            throw new PickleException("a tensor is not described as PyTorch does");
        }

        long[] shape = Numbers(size);
        long[] strides = Numbers(stride);
        CheckInside(storage, offset, shape, strides);
        return new PickleTensor(storage, offset, shape, strides);
    }

    private static void CheckInside(PickleStorage storage, long offset, long[] shape, long[] stride)
    {
        // 128 bits: products of hostile sizes must not wrap around into what looks right.
        Int128 last = offset;
        Int128 count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            last += (Int128)Math.Max(0, shape[i] - 1) * stride[i];
            count *= shape[i];
            if (count > long.MaxValue || last > long.MaxValue)
            {
                break;
            }
        }

        // Broadcast views (stride 0) may exceed their storage, but not without bound.
        const long broadcastLimit = 1 << 20;
        if (offset < 0 || (count > 0 && last >= storage.Count) || count > Math.Max(storage.Count, broadcastLimit))
        {
            throw new PickleException($"a tensor [{string.Join(',', shape)}] with strides [{string.Join(',', stride)}] at {offset} does not lie inside the storage '{Shown.Text(storage.Key)}' of {storage.Count} elements");
        }
    }

    private static long[] Numbers(object?[] values) =>
        Array.ConvertAll(values, v => v is long n and >= 0 ? n : throw new PickleException($"{v ?? "None"} stands where a size of zero or more is expected"));

    private static object?[] Items(object? value) => value switch
    {
        object?[] tuple => tuple,
        List<object?> list => [.. list],
        _ => [],
    };

    private static PickleDict Dictionary(object?[] arguments)
    {
        var dict = new PickleDict();
        foreach (object? pair in arguments.Length == 1 ? Items(arguments[0]) : [])
        {
            // Without a copy: a pair may be as long as the file.
            if (pair is object?[] { Length: 2 } or List<object?> { Count: 2 })
            {
                var both = (IReadOnlyList<object?>)pair;
                dict.Set(both[0], both[1]);
            }
        }

        return dict;
    }
}
