#!/bin/sh
# usage, in training/: sh device/run.sh WORK NAME SECONDS [arguments of the run]
# WORK holds base.gguf, or its parts, corpora/, and the wheels of what is not installed, such as bioner's.
# base.gguf is tuned already and stored in Q5_0: anything else is refused before the training starts, because
# no changes could be made from it at the end. Tunes it further in about SECONDS, everything included,
# and leaves what should be brought back under $OUT (default WORK/out): logs, losses, and NAME.npz, which
# holds the changes from the base to the tuned weights.
set -eu
began=$(date +%s) work=$1 run=$2 seconds=$3
shift 3
out=${OUT:-$work/out}
mkdir -p "$out"
for wheel in "$work"/*.whl; do # a wheel is a zip file
    [ ! -f "$wheel" ] || python3 -m zipfile -e "$wheel" "$work/python"
done
export PYTHONPATH="$work/python${PYTHONPATH:+:$PYTHONPATH}"
python3 -c 'import bioner.engine' # before anything is begun
[ -f "$work/base.gguf" ] || python3 -m bioner_training.file_parts join "$work" "$work/base.gguf"
stored=Q5_0 # how base and result are stored
python3 -m bioner_training.weight_changes check "$work/base.gguf" "$stored"
formats=inline-xml,inline-bracket,inline-marker,iob2,json-records,json-occurrence,xml-records
formats=$formats,csv-records,markdown-table,json-grouped,yaml-grouped
train() { # NAME, more arguments
    name=$1
    shift
    python3 -m bioner_training.train --corpora "$work/corpora" --run "$work/$name" \
        --tokens 24576 --row 384 --compile --empty 0.5 --augmented 0.2 --notes 0.015 --guessed 0.25 \
        --formats "lines-grouped=40,$formats" --check 300 --checkpoint-minutes 99 "$@" 2> "$out/$name.err" ||
        { cat "$out/$name.err"; return 1; }
    cp "$work/$name/log.jsonl" "$out/$name.log"
    cat "$out/$name.err"
}
# starting, ending, and the second run take about 110 seconds
train "$run" --base "$work/base.gguf" --minutes "$(python3 -c "print(($seconds - 125) / 60)")" \
    --repeats linnaeus=0.6,cancer-genetics=1.5,ncbi-disease=1.3,anatem=1.2,bc5cdr=1.2 \
    --rate 4e-4 --warmup 0.03 --dropout 0.1 --agreement 0.5 --prefix 0.92 --cycles 3 --check-minutes 0.5 \
    --seed 11 --save F16 "$@"
best=$(sed -n 's/^\(last\|average\): loss \([0-9.]*\) .*/\2 \1/p' "$out/$run.err" | sort -n | head -1 | cut -d' ' -f2)
echo "$best, after $(($(date +%s) - began)) s"
train "$run-stored" --base "$work/$run/$best.F16.gguf" --steps 200 \
    --repeats linnaeus=0.3,cancer-genetics=0.5,ncbi-disease=0.5,anatem=0.4,bc5cdr=0.4,bc2gm=0.3 \
    --rate 4e-5 --warmup 0.2 --dropout 0.05 --prefix 1 --quantize "$stored" --quantize-from 0 --average 0 \
    --seed 12 --save "$stored"
python3 -m bioner_training.weight_changes make "$work/base.gguf" "$work/$run-stored/last.$stored.gguf" "$out/$run.npz"
echo "done after $(($(date +%s) - began)) s"
