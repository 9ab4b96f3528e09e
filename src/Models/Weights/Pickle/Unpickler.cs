namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>
/// Reads a pickle as data. Classes and functions are names that are compared with an allow-list (<see cref="PickleCalls"/>); no code
/// is looked up or run. Bounds: <see cref="InstructionLimit"/> instructions, memory by what each pays to <see cref="PickleBudget"/>, no recursion.
/// </summary>
internal sealed class Unpickler
{
    /// <summary>Far above any checkpoint (about 50 instructions a tensor), far below what could fill the memory.</summary>
    public const int InstructionLimit = 4_000_000;

    private static readonly object Mark = new();

    private readonly PickleReader _reader;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    private readonly ICollection<PickleStorage> _storages;
    private readonly PickleBudget _budget;
    private readonly bool _isScript;

    private Unpickler(ReadOnlyMemory<byte> data, ICollection<PickleStorage> storages, PickleBudget budget, bool isScript)
    {
        _reader = new PickleReader(data);
        (_storages, _budget, _isScript) = (storages, budget, isScript);
    }

    /// <summary>Reads one pickle from the start of <paramref name="data"/>.</summary>
    /// <param name="data">The bytes; more may follow.</param>
    /// <param name="storages">Every storage that is named is added here.</param>
    /// <param name="budget">What reading may cost.</param>
    /// <param name="length">How many bytes the pickle took.</param>
    /// <param name="isScript">Whether it is part of a TorchScript archive, whose own classes are objects with attributes.</param>
    /// <exception cref="PickleException">The pickle is damaged or asks for what is refused.</exception>
    public static object? Read(ReadOnlyMemory<byte> data, ICollection<PickleStorage> storages, PickleBudget budget, out int length, bool isScript = false)
    {
        var unpickler = new Unpickler(data, storages, budget, isScript);
        for (int count = 0; count < InstructionLimit; count++)
        {
            byte code = unpickler._reader.Byte();
            if (code == (byte)'.')
            {
                length = unpickler._reader.Position;
                return unpickler.Pop();
            }

            int start = unpickler._reader.Position;
            unpickler.Execute(code);

            // Text takes two bytes a character; what it was decoded from is in the file.
            budget.Pay(PickleBudget.Item + (2L * (unpickler._reader.Position - start)));
        }

        throw new PickleException($"it has more than {InstructionLimit} instructions; no state dict has", PickleFault.Refusal);
    }

    private void Execute(byte code)
    {
        switch ((char)code)
        {
            case '\x80': _reader.Byte(); break;
            case '\x95': _reader.Int64(); break;
            case '(': _stack.Add(Mark); break;
            case '0': Pop(any: true); break;
            case '1': PopMark(); break;
            case '2': _stack.Add(Peek()); break;
            case 'N': _stack.Add(null); break;
            case '\x88': _stack.Add(true); break;
            case '\x89': _stack.Add(false); break;
            case 'c': _stack.Add(PickleCalls.Global(_reader.Line(), _reader.Line(), _isScript)); break;
            case '\x93': StackGlobal(); break;
            case 'R' or '\x81': Call(Pop()); break;
            case '\x92': Pop(); Call(Pop()); break;
            case 'b': Build(Pop()); break;
            case 'Q': Persistent(Pop()); break;
            case 'p' or 'q' or 'r' or '\x94': Remember(MemoIndex(code)); break;
            case 'g' or 'h' or 'j': Recall(MemoIndex(code)); break;
            default:
                if (!Scalar(code) && !Container(code))
                {
                    throw new PickleException($"the instruction 0x{code:X2} at byte {_reader.Position - 1} is not one that weight files use");
                }

                break;
        }
    }

    private bool Scalar(byte code)
    {
        object? value = (char)code switch
        {
            'I' => _reader.Line() switch { "00" => false, "01" => true, string line => Number(line) },
            'J' => (long)_reader.Int32(),
            'K' => (long)_reader.Byte(),
            'M' => (long)_reader.UInt16(),
            'L' => Number(_reader.Line().TrimEnd('L')),
            '\x8A' => _reader.Long(_reader.Byte()),
            '\x8B' => _reader.Long(_reader.Int32()),
            'F' => double.TryParse(_reader.Line(), System.Globalization.CultureInfo.InvariantCulture, out double d) ? d : double.NaN,
            'G' => _reader.Double(),
            'S' => _reader.Line().Trim('\'', '"'),
            'V' => _reader.Line(),
            'U' or '\x8C' => _reader.Text(_reader.Byte()),
            'T' => _reader.Text(_reader.Int32()),
            'X' => _reader.Text(_reader.UInt32()),
            '\x8D' => _reader.Text(_reader.Int64()),
            'C' => Bytes(_reader.Byte()),
            'B' => Bytes(_reader.UInt32()),
            '\x8E' or '\x96' => Bytes(_reader.Int64()),
            _ => Mark,
        };
        if (ReferenceEquals(value, Mark))
        {
            return false;
        }

        _stack.Add(value);
        return true;
    }

    private bool Container(byte code)
    {
        switch ((char)code)
        {
            case ']' or '\x8F': _stack.Add(new List<object?>()); break;
            case '}': _stack.Add(new PickleDict()); break;
            case ')': _stack.Add(Array.Empty<object?>()); break;
            case 't': _stack.Add(PopMark()); break;
            case '\x85': _stack.Add(PopMany(1)); break;
            case '\x86': _stack.Add(PopMany(2)); break;
            case '\x87': _stack.Add(PopMany(3)); break;
            case 'l' or '\x91': _stack.Add(new List<object?>(PopMark())); break;
            case 'a': Append([Pop()]); break;
            case 'e' or '\x90': Append(PopMark()); break;
            case 'd': Dictionary(PopMark()); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopMark()); break;
            default: return false;
        }

        return true;
    }

    private static object Number(string text) =>
        long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out long value) ? value : text;

    /// <summary>Bytes carry nothing that weights need; only their length is respected.</summary>
    private PickleOpaque Bytes(long length)
    {
        _reader.Take(length);
        return new PickleOpaque("bytes");
    }

    private void Persistent(object? id)
    {
        PickleStorage storage = PickleCalls.Storage(id);
        _storages.Add(storage);
        _stack.Add(storage);
    }

    private void StackGlobal()
    {
        object? name = Pop();
        object? module = Pop();
        _stack.Add(PickleCalls.Global(module as string ?? "?", name as string ?? "?", _isScript));
    }

    private void Call(object? arguments)
    {
        if (Pop() is not PickleGlobal callable || arguments is not object?[] values)
        {
            throw new PickleException($"a call before byte {_reader.Position} has no name or no arguments");
        }

        _budget.Pay(PickleCalls.Cost(values));
        _stack.Add(PickleCalls.Call(callable.Name, values));
    }

    /// <summary>Attributes set on an object hold nothing that weights need (OrderedDict's _metadata, for instance).</summary>
    private void Build(object? state)
    {
        if (Peek() is PickleObject instance)
        {
            instance.Attributes = state as PickleDict ?? instance.Attributes;
            return;
        }

        if (Peek() is PickleDict or PickleOpaque or PickleTensor or List<object?>)
        {
            return;
        }

        throw new PickleException($"attributes ({state?.GetType().Name}) are set on what has none, before byte {_reader.Position}");
    }

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> list)
        {
            throw new PickleException($"something is appended to what is no list, before byte {_reader.Position}");
        }

        _budget.Pay((long)PickleBudget.Reference * items.Length);
        list.AddRange(items);
    }

    private void Dictionary(object?[] items)
    {
        _stack.Add(new PickleDict());
        SetItems(items);
    }

    private void SetItems(object?[] items)
    {
        // An allowed class may fill itself like a dictionary; what it holds does not matter.
        if (items.Length % 2 != 0 || Peek() is not (PickleDict or PickleOpaque))
        {
            throw new PickleException($"items are put into what is no dictionary, before byte {_reader.Position}");
        }

        for (int i = 0; i < items.Length && Peek() is PickleDict dict; i += 2)
        {
            _budget.Pay(2 * PickleBudget.Reference);
            dict.Set(items[i], items[i + 1]);
        }
    }

    private long MemoIndex(byte code) => (char)code switch
    {
        'p' or 'g' => _reader.Index(),
        'q' or 'h' => _reader.Byte(),
        'r' or 'j' => _reader.UInt32(),
        _ => _memo.Count,
    };

    private void Remember(long index)
    {
        // A table grows to twice its size beside the old one.
        _budget.Pay(2 * PickleBudget.Item);
        _memo[index] = Peek();
    }

    private void Recall(long index) =>
        _stack.Add(_memo.TryGetValue(index, out object? value) ? value : throw new PickleException($"the memo {index} is used before it is set, at byte {_reader.Position}"));

    private object? Peek() => _stack.Count > 0 ? _stack[^1] : throw Underflow();

    private object? Pop(bool any = false)
    {
        object? value = Peek();
        if (!any && ReferenceEquals(value, Mark))
        {
            throw Underflow();
        }

        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        return items;
    }

    private object?[] PopMark()
    {
        int mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw Underflow();
        }

        _budget.Pay((long)PickleBudget.Reference * (_stack.Count - mark));
        object?[] items = [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_stack)[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private PickleException Underflow() => new($"its stack is empty at byte {_reader.Position}");
}
