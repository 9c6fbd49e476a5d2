"""Reads paths (JSON) on standard input, writes what ChannelAttribution makes of them and the seconds that it takes."""

import contextlib
import json
import sys
import time

with contextlib.redirect_stdout(sys.stderr):
    import ChannelAttribution
    import pandas

    data = pandas.DataFrame(json.load(sys.stdin))
    started = time.perf_counter()
    heuristic = ChannelAttribution.heuristic_models(data, "path", "conversions", flg_pro=False)
    seconds_heuristic = time.perf_counter() - started
    started = time.perf_counter()
    markov = ChannelAttribution.markov_model(
        data, "path", "conversions", var_null="lost", out_more=True, conv_par=0.01, verbose=False, flg_pro=False
    )
    seconds_markov = time.perf_counter() - started

json.dump(
    {
        "heuristic": heuristic.to_dict("records"),
        "effects": markov["removal_effects"].to_dict("records"),
        "secondsHeuristic": seconds_heuristic,
        "secondsMarkov": seconds_markov,
    },
    sys.stdout,
)
