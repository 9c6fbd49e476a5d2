import pg from 'pg';

/**
 * Asks the database again and again, on a connection of its own, and gets over an outage by itself.
 * @param look takes in what there is now; it is called once more when the last call has ended
 * @returns stops the looking
 */
export function watchDatabase(
  connectionString: string,
  milliseconds: number,
  look: (client: pg.Client) => Promise<void>,
): () => void {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout;
  let isStopped = false;
  const close = () => {
    client?.end().catch(() => undefined);
    client = undefined;
  };
  const once = async () => {
    try {
      if (client === undefined) {
        client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, application_name: 'cube watch' });
        // A connection that breaks outside of a query would otherwise end the process.
        client.on('error', close);
        await client.connect();
      }
      await look(client);
    } catch {
      // What was seen last stands until the database answers again.
      close();
    }
    if (!isStopped) timer = setTimeout(() => void once(), milliseconds).unref();
  };
  void once();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    close();
  };
}
