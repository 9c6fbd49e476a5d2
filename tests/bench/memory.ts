/** Watches this process's memory. `stop` returns by how much it grew at most. */
export function watchMemory(): { stop(): number } {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
  return {
    stop: () => {
      clearInterval(timer);
      return most - before;
    },
  };
}
