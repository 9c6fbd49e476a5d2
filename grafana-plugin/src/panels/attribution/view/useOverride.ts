import { useState } from 'react';

/** A choice that starts as wanted and is forgotten as soon as something else is wanted. Compare by identity. */
export function useOverride<T>(wanted: T): [T, (chosen: T) => void] {
  const [state, setState] = useState({ wanted, chosen: wanted });
  const chosen = Object.is(state.wanted, wanted) ? state.chosen : wanted;
  return [chosen, (next) => setState({ wanted, chosen: next })];
}
