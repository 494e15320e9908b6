#!/bin/sh
# usage, in training/: sh device/run.sh WORK NAME MINUTES [more arguments of bioner_training.train]
# WORK holds the parts of the base model and corpora/. Trains, scores, and leaves what should be
# brought back under $OUT (default WORK/out): log, scores, and the weights in parts.
set -eu
work=$1 name=$2 minutes=$3
shift 3
out=${OUT:-$work/out}
mkdir -p "$out/weights"
[ -f "$work/base.gguf" ] || python3 -m bioner_training.parts join "$work" "$work/base.gguf"
python3 -m bioner_training.train --corpora "$work/corpora" --base "$work/base.gguf" \
    --run "$work/$name" --minutes "$minutes" --tokens 24000 --rate 7e-4 "$@"
cp "$work/$name/log.jsonl" "$out/$name.log.jsonl"
python3 -m bioner_training.evaluate --model "$work/$name/average.F16.gguf" \
    --corpora "$work/corpora" --sample 400 --batch 512 | tee "$out/$name.scores.jsonl"
python3 -m bioner_training.parts split "$work/$name/average.Q8_0.gguf" "$out/weights" --mib 15
