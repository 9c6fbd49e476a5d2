import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of something that is being loaded. While it is loaded again the last value stays. */
export interface Load<T> {
  value?: T;
  error?: Error;
  loading: boolean;
  reload: () => void;
}

interface State<T> {
  key?: string;
  value?: T;
  error?: Error;
}

/**
 * Loads when `key` changes, and again on `reload`; an answer that comes too late for its key is dropped. Without a key
 * nothing is loaded.
 */
export function useLoad<T>(key: string | undefined, load: () => Promise<T>): Load<T> {
  const [state, setState] = useState<State<T>>({});
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    if (key === undefined) {
      return;
    }
    let wanted = true;
    latest.current().then(
      (value) => wanted && setState({ key: `${key} ${round}`, value }),
      (reason: unknown) => wanted && setState({ key: `${key} ${round}`, error: asError(reason) })
    );
    return () => {
      wanted = false;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  const loading = key !== undefined && state.key !== `${key} ${round}`;
  // A value of another key would be shown under the wrong heading.
  const isOfKey = key !== undefined && state.key?.startsWith(`${key} `);
  return { loading, reload, ...(isOfKey ? { value: state.value, error: loading ? undefined : state.error } : {}) };
}

export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
