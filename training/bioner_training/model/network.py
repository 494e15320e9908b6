"""SmolLM2 (the llama architecture) in plain PyTorch, for training."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from ..quantization.ggml_blocks import fake_quantize
from ..quantization.scheme import Scheme, format_of
from .adapter import Adapted, Adapter
from .batch import Packed
from .gguf_file import Config, ModelFile
from .layer import Layer, LayerFunctions, normalize, rope_tables
from .loss import cross_entropy

#: GGUF metadata: whether the model reads questions in both directions
PREFIX_KEY = "bioner.attention.prefix"


class Model(nn.Module):
    """The whole network. It computes in `dtype`; the weights are kept in float32."""

    def __init__(self, config: Config, tensors: dict[str, torch.Tensor], longest: int = 4096):
        super().__init__()
        self.config = config
        self.dtype = torch.float32
        self.functions = LayerFunctions()
        #: whether questions are read in both directions
        self.prefix = False
        #: parameter -> the numbers of rows of its parts and their formats; see `quantize_as`
        self.fake: dict[nn.Parameter, list[tuple[int, str]]] = {}
        #: parameter -> its adapter; see `adapt`
        self.adapters: dict[nn.Parameter, Adapter] = {}
        #: the format that the adapters are fake-quantized to
        self.adapter_kind: str | None = None
        #: the last rows of the embedding, which are trained with the adapters, and their format
        self.learned_rows: nn.Parameter | None = None
        self.rows_kind: str | None = None
        self.embedding = nn.Parameter(tensors["token_embd.weight"].clone())
        self.layers = nn.ModuleList(Layer(config, tensors, i) for i in range(config.layers))
        self.norm = nn.Parameter(tensors["output_norm.weight"].clone())
        cos, sin = rope_tables(config, longest, "cpu")
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    @staticmethod
    def load(file: ModelFile) -> Model:
        """The weights of a GGUF file, in float32 on the CPU."""
        model = Model(file.config, file.tensors())
        model.prefix = file.reader.get_field(PREFIX_KEY) is not None and bool(
            file.field(PREFIX_KEY)
        )
        return model

    def export(self) -> dict[str, torch.Tensor]:
        """Every tensor under its GGUF name, as `gguf_file.write` takes them."""
        tensors = {"token_embd.weight": self.embedding.detach()}
        for index, layer in enumerate(self.layers):
            tensors |= layer.export(index)
        return tensors | {"output_norm.weight": self.norm.detach()}

    def quantize_as(self, scheme: Scheme | None) -> None:
        """From now on the matrices are fake-quantized by this scheme; `None`: used as they are."""
        self.fake = {}
        if self.adapters:
            self.adapter_kind = scheme and format_of(scheme, "blk.0.attn_q.weight.lora_a")
            self.rows_kind = scheme and format_of(scheme, "token_embd.weight")
        elif scheme is not None:
            kind = format_of(scheme, "token_embd.weight")
            self.fake[self.embedding] = [(len(self.embedding), kind)]
            for index, layer in enumerate(self.layers):
                for parameter, parts in layer.parts():
                    self.fake[parameter] = [
                        (rows, format_of(scheme, f"blk.{index}.{name}.weight"))
                        for name, rows in parts
                    ]

    def adapt(self, rank: int, first: int) -> None:
        """Freezes all weights and puts an adapter of this rank beside each matrix of the layers.

        They are trained, and the rows of the embedding from the token `first` on.
        """
        self.requires_grad_(False)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                parameter.data = parameter.data.to(self.dtype)
        modules = nn.ModuleList()
        for layer in self.layers:
            for parameter, parts in layer.parts():
                modules.append(Adapter(parts, parameter.shape[1], rank).to(parameter.device))
                self.adapters[parameter] = modules[-1]
        self.adapter_modules = modules
        self.learned_rows = nn.Parameter(self.embedding[first:].detach().float())

    def load_adapter(self, tensors: dict[str, torch.Tensor]) -> None:
        """Takes the tensors of `export_adapter`, and trains the rows of the embedding no longer.

        Raises `KeyError` or `RuntimeError` if they do not fit.
        """
        for index, layer in enumerate(self.layers):
            for parameter, _ in layer.parts():
                self.adapters[parameter].load(tensors, f"blk.{index}", layer.rows_of_file)
        self.learned_rows.requires_grad_(False)

    @property
    def frozen_rows(self) -> int:
        """How many rows of the embedding are not trained, because adapters are."""
        rows = self.learned_rows
        return 0 if rows is None else len(self.embedding) - len(rows)

    def export_adapter(self) -> dict[str, torch.Tensor]:
        """The tensors of the adapters under their GGUF names."""
        tensors = {}
        for index, layer in enumerate(self.layers):
            for parameter, _ in layer.parts():
                adapter = self.adapters[parameter]
                tensors |= adapter.export(f"blk.{index}", layer.rows_in_file)
        return tensors

    def weights(self, parameter: nn.Parameter) -> torch.Tensor | Adapted:
        """A matrix as the forward pass uses it: in the compute type, fake-quantized if so set."""
        if parameter is self.embedding and self.learned_rows is not None:
            rows = self.learned_rows
            rows = fake_quantize(rows, self.rows_kind) if self.rows_kind else rows
            return torch.cat([parameter[: self.frozen_rows], rows.to(self.dtype)])
        adapter = self.adapters.get(parameter)
        if adapter is not None:
            return adapter.beside(parameter, self.adapter_kind)
        fake = self.fake.get(parameter)
        if fake is None:
            return parameter.to(self.dtype)
        if len({kind for _, kind in fake}) == 1:
            return fake_quantize(parameter, fake[0][1]).to(self.dtype)
        pieces = parameter.split([rows for rows, _ in fake])
        return torch.cat(
            [fake_quantize(piece, kind) for piece, (_, kind) in zip(pieces, fake, strict=True)]
        ).to(self.dtype)

    def hidden(self, batch: Packed) -> torch.Tensor:
        """The hidden states after the final norm at the `outputs` of the batch: [N, width]."""
        x = F.embedding(batch.tokens.flatten(), self.weights(self.embedding))
        cos = self.cos[batch.positions][:, None].to(self.dtype)
        sin = self.sin[batch.positions][:, None].to(self.dtype)
        blocks = batch.blocks(self.dtype)
        for layer in self.layers:
            x = layer(x, self.weights, cos, sin, blocks, self.functions)
        x = x.index_select(0, batch.outputs)
        return normalize(x, self.norm, self.config.epsilon)

    def forward(self, batch: Packed) -> torch.Tensor:
        """The mean loss over the answer tokens of a batch."""
        hidden = self.hidden(batch)
        head = self.weights(self.embedding)
        return cross_entropy(hidden, head, batch.targets, self.frozen_rows)
