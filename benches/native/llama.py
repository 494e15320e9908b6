"""llama.cpp through llama-cpp-python, used as a program would use a chat engine.

One sentence a call, greedy, under a grammar; the instruction stays in the cache.

    python llama.py MODEL THREADS

Says `{"load_seconds", "version"}` when it is ready; then, for each line `{"prompts", "grammar"}` of
standard input, a line `{"seconds", "answers", "prompt_tokens", "prompt_seconds", "answer_tokens",
"answer_seconds"}`.
"""

import json
import sys
import time

import llama_cpp


def main(model: str, threads: int) -> None:
    began = time.perf_counter()
    llama = llama_cpp.Llama(
        model, n_ctx=1024, n_threads=threads, n_threads_batch=threads, verbose=False, no_perf=False
    )
    say(load_seconds=time.perf_counter() - began, version=llama_cpp.__version__)
    for line in sys.stdin:
        asked = json.loads(line)
        grammar = asked["grammar"]
        answers = []
        llama_cpp.llama_perf_context_reset(llama.ctx)
        began = time.perf_counter()
        for prompt in asked["prompts"]:
            # a grammar object remembers how far it is, so each answer has one of its own
            rules = llama_cpp.LlamaGrammar.from_string(grammar, verbose=False)
            answer = llama.create_completion(prompt, grammar=rules, temperature=0.0, max_tokens=256)
            answers.append(answer["choices"][0]["text"])
        seconds = time.perf_counter() - began
        spent = llama_cpp.llama_perf_context(llama.ctx)
        say(
            seconds=seconds,
            answers=answers,
            prompt_tokens=spent.n_p_eval,
            prompt_seconds=spent.t_p_eval_ms / 1000,
            answer_tokens=spent.n_eval,
            answer_seconds=spent.t_eval_ms / 1000,
        )


def say(**values) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
