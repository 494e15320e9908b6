"""BERT-base in 8 bits through ONNX Runtime, used as a program would use an encoder.

An abstract a call.

    python encoder.py FOLDER THREADS

FOLDER has `onnx/model_quantized.onnx` and `tokenizer.json`. Says `{"load_seconds", "version"}` when
it is ready; then, for each line `{"texts"}` of standard input, a line `{"seconds", "tokens"}`.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


def main(folder: Path, threads: int) -> None:
    began = time.perf_counter()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / "onnx" / "model_quantized.onnx"), options, providers=["CPUExecutionProvider"]
    )
    names = [taken.name for taken in session.get_inputs()]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    say(load_seconds=time.perf_counter() - began, version=onnxruntime.__version__)
    for line in sys.stdin:
        texts = json.loads(line)["texts"]
        tokens = 0
        began = time.perf_counter()
        for text in texts:
            encoding = tokenizer.encode(text)
            inputs = {
                "input_ids": encoding.ids,
                "attention_mask": encoding.attention_mask,
                "token_type_ids": encoding.type_ids,
            }
            given = {name: np.array([inputs[name]], dtype=np.int64) for name in names}
            (logits,) = session.run(None, given)
            labels = logits.argmax(axis=-1)
            if labels.shape != (1, len(encoding.ids)):
                raise ValueError(f"{labels.shape} labels for {len(encoding.ids)} tokens")
            tokens += len(encoding.ids)
        say(seconds=time.perf_counter() - began, tokens=tokens)


def say(**values) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
