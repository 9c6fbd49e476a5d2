import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Follows an element's height in pixels, 0 before it is known. */
export function useHeight<T extends HTMLElement>(): [RefObject<T>, number] {
  const ref = useRef<T>(null);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    setHeight(element.clientHeight);
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, height];
}
