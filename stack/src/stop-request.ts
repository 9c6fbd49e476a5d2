/** The wish to stop: a signal, or the end of the process that started this one. */
export interface StopRequest {
  /** Resolves when it comes. */
  made: Promise<undefined>;
  /** Aborts what is under way. */
  signal: AbortSignal;
  abort: () => void;
}

/** Listens for the wish to stop from now on. Repeated signals change nothing: the stop is bounded in time. */
export function stopRequest(): StopRequest {
  const controller = new AbortController();
  const made = new Promise<undefined>((resolve) => {
    const ask = () => {
      controller.abort();
      resolve(undefined);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    // The starter was killed and could not pass a signal on.
    process.once('disconnect', ask);
  });
  return { made, signal: controller.signal, abort: () => controller.abort() };
}
