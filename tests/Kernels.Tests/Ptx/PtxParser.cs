using System.Globalization;
using System.Text.RegularExpressions;

namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Reads the part of PTX that ILGPU writes for our kernels; anything else is refused by name.</summary>
internal sealed partial class PtxParser
{
    private const int ParameterAlignment = 8;

    private readonly Dictionary<string, int> _registers = [];
    private readonly Dictionary<string, int> _parameters = [];
    private readonly Dictionary<string, int> _shared = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly Dictionary<string, int> _specials = [];
    private readonly Dictionary<ulong, int> _constants = [];
    private readonly List<int> _parameterSizes = [];
    private readonly List<PtxInstruction> _instructions = [];
    private readonly List<(PtxInstruction Branch, string Label)> _branches = [];
    private string _name = "";
    private int _parameterBytes;
    private int _sharedBytes;
    private int _rows;

    private PtxParser()
    {
    }

    /// <exception cref="PtxFault">It holds something that is not known here.</exception>
    public static PtxProgram Parse(string text)
    {
        PtxParser parser = new();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            parser.ParseLine(line.Split("//")[0].Trim(), number);
        }

        foreach ((PtxInstruction branch, string label) in parser._branches)
        {
            branch.Jump = parser._labels.TryGetValue(label, out int at) ? at : throw new PtxFault($"line {branch.Line}: no label {label}");
        }

        return new PtxProgram(
            parser._name, [.. parser._instructions], [.. parser._parameterSizes], parser._sharedBytes, parser._rows, parser._constants.ToDictionary(c => c.Value, c => c.Key), parser._specials);
    }

    [GeneratedRegex(@"^\.visible \.entry ([\w$]+)\(?")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\.param\s+(?:\.align (\d+) )?\.([a-z])(\d+)\s+([\w$]+)(?:\[(\d+)\])?,?$")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\.shared \.align (\d+) \.b8 ([\w$]+)\[(\d+)\];$")]
    private static partial Regex Shared();

    [GeneratedRegex(@"^([\w$]+):$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:@(!?)(%\w+) )?([a-z][\w.]*)(?:\s+(.*))?;$")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^\[([%\w$.]+)(?:\+(\d+))?\]$")]
    private static partial Regex Address();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[^,{}\[\]]+")]
    private static partial Regex Operand();

    private void ParseLine(string line, int number)
    {
        if (line is "" or ")" or "{" or "}" || line.StartsWith(".version", StringComparison.Ordinal) || line.StartsWith(".target", StringComparison.Ordinal)
            || line.StartsWith(".address_size", StringComparison.Ordinal) || line.StartsWith(".reg", StringComparison.Ordinal) || line.StartsWith(".maxntid", StringComparison.Ordinal))
        {
            return;
        }

        if (Entry().Match(line) is { Success: true } entry)
        {
            _name = entry.Groups[1].Value;
        }
        else if (Parameter().Match(line) is { Success: true } parameter)
        {
            int size = int.Parse(parameter.Groups[3].Value, CultureInfo.InvariantCulture) / 8 * (parameter.Groups[5].Success ? int.Parse(parameter.Groups[5].Value, CultureInfo.InvariantCulture) : 1);
            _parameters[parameter.Groups[4].Value] = _parameterBytes;
            _parameterSizes.Add(size);
            _parameterBytes += (size + ParameterAlignment - 1) / ParameterAlignment * ParameterAlignment;
        }
        else if (Shared().Match(line) is { Success: true } shared)
        {
            int alignment = int.Parse(shared.Groups[1].Value, CultureInfo.InvariantCulture);
            _sharedBytes = (_sharedBytes + alignment - 1) / alignment * alignment;
            _shared[shared.Groups[2].Value] = _sharedBytes;
            _sharedBytes += int.Parse(shared.Groups[3].Value, CultureInfo.InvariantCulture);
        }
        else if (Label().Match(line) is { Success: true } label)
        {
            _labels[label.Groups[1].Value] = _instructions.Count;
        }
        else if (Instruction().Match(line) is { Success: true } match)
        {
            Add(match, line, number);
        }
        else
        {
            throw new PtxFault($"line {number} is not known here: {line}");
        }
    }

    private void Add(Match match, string line, int number)
    {
        string opcode = match.Groups[3].Value;
        string[] operands = [.. Operand().Matches(match.Groups[4].Value).Select(m => m.Value.Trim()).Where(o => o.Length > 0)];
        PtxInstruction instruction = new()
        {
            Kind = PtxKind.Compute,
            Text = line,
            Line = number,
            Opcode = opcode,
            Guard = match.Groups[2].Success ? Row(match.Groups[2].Value, opcode, number) : -1,
            GuardIsNegated = match.Groups[1].Value == "!",
        };
        string[] parts = opcode.Split('.');
        switch (parts[0])
        {
            case "ret":
                instruction = instruction with { Kind = PtxKind.Return };
                break;
            case "bra":
                instruction = instruction with { Kind = PtxKind.Branch, IsUniform = opcode == "bra.uni" };
                _branches.Add((instruction, operands[0]));
                break;
            case "bar" or "barrier":
                instruction = instruction with { Kind = PtxKind.Barrier };
                break;
            case "shfl":
                instruction = instruction with { Kind = PtxKind.Shuffle, Targets = [Row(operands[0], "b32", number)], Sources = [.. operands[1..].Select(o => Row(o, "b32", number))] };
                break;
            case "ld":
                instruction = Access(instruction, PtxKind.Load, parts, operands[1], number) with { Targets = [.. Elements(operands[0]).Select(o => Row(o, parts[^1], number))] };
                break;
            case "st":
                instruction = Access(instruction, PtxKind.Store, parts, operands[0], number);
                instruction = instruction with { Sources = [.. instruction.Sources, .. Elements(operands[1]).Select(o => Row(o, parts[^1], number))] };
                break;
            case "red":
                instruction = Access(instruction, PtxKind.Atomic, parts, operands[0], number);
                instruction = instruction with { Sources = [.. instruction.Sources, Row(operands[1], parts[^1], number)], Compute = Operation($"{parts[1]}.{parts[^1]}", number) };
                break;
            case "atom":
                instruction = Access(instruction, PtxKind.Atomic, parts, operands[1], number);
                instruction = instruction with
                {
                    Targets = [Row(operands[0], parts[^1], number)],
                    Sources = [.. instruction.Sources, Row(operands[2], parts[^1], number)],
                    Compute = Operation($"{parts[2]}.{parts[^1]}", number),
                };
                break;
            default:
                instruction = instruction with
                {
                    Targets = [Row(operands[0], parts[^1], number)],
                    Sources = [.. operands[1..].Select(o => Row(o, parts[^1], number))],
                    Compute = Operation(opcode, number),
                };
                break;
        }

        _instructions.Add(instruction);
    }

    private static Func<ulong, ulong, ulong, ulong> Operation(string opcode, int number) =>
        PtxOperations.Find(opcode) ?? throw new PtxFault($"line {number}: {opcode} is not known here");

    private static string[] Elements(string operand) => operand.StartsWith('{') ? [.. operand[1..^1].Split(',').Select(e => e.Trim())] : [operand];

    private PtxInstruction Access(PtxInstruction instruction, PtxKind kind, string[] parts, string operand, int number)
    {
        PtxSpace space = parts.Contains("param") ? PtxSpace.Parameter : parts.Contains("global") ? PtxSpace.Global : parts.Contains("shared") ? PtxSpace.Shared
            : throw new PtxFault($"line {number}: {instruction.Opcode} names no space that is known here");
        Match address = Address().Match(operand) is { Success: true } found ? found : throw new PtxFault($"line {number}: {operand} is no address that is known here");
        long offset = address.Groups[2].Success ? long.Parse(address.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
        return instruction with
        {
            Kind = kind,
            Space = space,
            Offset = offset,
            SizeInBytes = int.Parse(parts[^1].AsSpan(1), CultureInfo.InvariantCulture) / 8,
            Sources = [Row(address.Groups[1].Value, "b64", number)],
        };
    }

    private int Row(string operand, string type, int number)
    {
        if (operand is "%tid.x" or "%ntid.x" or "%ctaid.x" or "%nctaid.x" or "%laneid")
        {
            return _specials.TryGetValue(operand, out int special) ? special : _specials[operand] = _rows++;
        }

        if (operand.StartsWith('%'))
        {
            return _registers.TryGetValue(operand, out int row) ? row : _registers[operand] = _rows++;
        }

        ulong value =
            _shared.TryGetValue(operand, out int shared) ? (ulong)shared
            : _parameters.TryGetValue(operand, out int parameter) ? (ulong)parameter
            : operand.StartsWith("0f", StringComparison.Ordinal) ? ulong.Parse(operand.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : operand.StartsWith('-') && long.TryParse(operand, CultureInfo.InvariantCulture, out long negative) ? (ulong)negative
            : ulong.TryParse(operand, CultureInfo.InvariantCulture, out ulong whole) ? whole
            : throw new PtxFault($"line {number}: the operand {operand} is not known here");
        value = type.EndsWith("64", StringComparison.Ordinal) ? value : (uint)value;
        return _constants.TryGetValue(value, out int constant) ? constant : _constants[value] = _rows++;
    }
}
