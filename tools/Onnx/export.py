"""Exports classifiers of torchvision with weights by rule to ONNX.

    python3 tools/Onnx/export.py FOLDER NAME[@OPSET] ...

Needs torch 1.13 and torchvision 0.14 (Debian 12: python3-torch, python3-torchvision). Writes NAME@OPSET.onnx (NAME.onnx
and operator set 13 where none is given), batch normalisation folded by the exporter. NAME is one of torchvision's, or
tiny_shufflenet, tiny_vit, tiny_swin: torchvision's classes with few channels. For these it also writes NAME.safetensors,
which PyTorch computes of the network itself: input, logits, and for every module with a map HiResCAM's signed map of the
top class.
"""
import json
import pathlib
import struct
import sys

import numpy
import torch
import torchvision

MODELS = torchvision.models
TINY = {
    "tiny_shufflenet": lambda: MODELS.ShuffleNetV2([2, 2, 2], [8, 16, 24, 32, 48], num_classes=10),
    "tiny_vit": lambda: MODELS.VisionTransformer(
        image_size=64, patch_size=16, num_layers=2, num_heads=2, hidden_dim=24, mlp_dim=48, num_classes=10),
    "tiny_swin": lambda: MODELS.SwinTransformer([2, 2], 12, [2, 2], [2, 4], [4, 4], num_classes=10),
}
TINY_SIZE = 64


def uniform(key, shape):
    """u in [0,1) of a key, as RuleWeights.FillUniform has it: FNV-1a of the key seeds splitmix64."""
    state = 0xCBF29CE484222325
    for byte in key.encode():
        state = (state ^ byte) * 0x100000001B3 % 2**64
    count = int(numpy.prod(shape, dtype=numpy.int64))
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(state) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z ^= z >> numpy.uint64(31)
    return torch.from_numpy(((z >> numpy.uint64(40)).astype(numpy.float32) * numpy.float32(2**-24)).reshape(tuple(shape)))


def fill(model, salt):
    """Weights by rule, as RuleWeights.Fill."""
    for key, value in model.state_dict().items():  # shares memory with the model, without its gradients
        if not value.is_floating_point() or key.endswith("relative_coords_table"):
            continue
        u = uniform(f"{salt}:{key}", value.shape)
        last = key.rsplit(".", 1)[-1]
        if last == "running_var":
            u += 0.5
        elif last == "running_mean":
            u = (u - 0.5) * 0.2
        elif last == "weight" and value.dim() == 1:
            u = 0.75 + 0.5 * u
        elif last == "weight":
            fan_in = value[0].numel()
            u = (2 * u - 1) * torch.tensor(numpy.sqrt(3 / fan_in), dtype=torch.float32)
        else:
            u = (2 * u - 1) * 0.05
        value.copy_(u)
    return model.eval()


def build(name, salt="camanim"):
    if name in TINY:
        return fill(TINY[name](), salt)
    heads = {"aux_logits": True, "init_weights": False} if name in ("googlenet", "inception_v3") else {}
    return fill(MODELS.get_model(name, weights=None, **heads), salt)


def signed_map(activation, gradient):
    """HiResCAM: the product summed over channels, which come last in tokens [1,T,C] and where two equal extents precede them."""
    product = activation * gradient
    is_last = product.dim() == 3 or product.shape[1] == product.shape[2] != product.shape[3]
    return product.sum(-1 if is_last else 1)[0]


def compute(model, image):
    """What the network gives for an image: input, logits, map/MODULE of every module with 4-D or token outputs in the
    order of execution, norm/MODULE (|activation| |gradient|: maps far below it are rounding noise); and the modules' classes."""
    outputs, classes, hooks = {}, {}, []

    def keep(name):
        def hook(module, inputs, output):
            if isinstance(output, torch.Tensor) and output.dim() in (3, 4) and len(output) == 1 and output.requires_grad:
                classes[name] = type(module).__name__
                outputs[name] = output.clone()
                return outputs[name]
        return hook

    for name, module in model.named_modules():
        if name:
            hooks.append(module.register_forward_hook(keep(name)))
        if hasattr(module, "inplace"):
            module.inplace = False
    logits = model(image)
    gradients = torch.autograd.grad(logits.max(), list(outputs.values()), allow_unused=True)
    for hook in hooks:
        hook.remove()
    reached = [(n, a, g) for (n, a), g in zip(outputs.items(), gradients) if g is not None]
    maps = {f"map/{n}": signed_map(a, g) for n, a, g in reached}
    norms = {f"norm/{n}": a.norm() * g.norm() for n, a, g in reached}
    return {"input": image, "logits": logits[0], **maps, **norms}, classes


def write_safetensors(path, tensors, metadata):
    header, content = {"__metadata__": metadata}, b""
    for key, tensor in tensors.items():
        data = tensor.detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(content), len(content) + len(data)]}
        content += data
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + content)


def main(folder, *networks):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for network in networks:
        name, _, opset = network.partition("@")
        model = build(name)
        size = TINY_SIZE if name in TINY else {"inception_v3": 299}.get(name, 224)
        image = 2 * uniform("input", (1, 3, size, size)) - 1
        if name in TINY:
            write_safetensors(folder / f"{name}.safetensors", *compute(model, image))
        torch.onnx.export(model, image, str(folder / f"{network}.onnx"), opset_version=int(opset or 13),
                          input_names=["input"], output_names=["logits"])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
