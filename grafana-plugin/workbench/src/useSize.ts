import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Follows an element's size in CSS pixels. */
export function useSize<T extends HTMLElement>(): [RefObject<T>, { width: number; height: number } | undefined] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState<{ width: number; height: number }>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
