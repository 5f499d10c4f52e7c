"""Is a sentence an obligation? Readable features, weights learned from labelled sentences, three
bands. Pure; entry points: `judging.judge`, `training.train`."""
