import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthError, tokenFromHeader, verifyToken } from '@fair-underwriting/cube/src/auth/verify.ts';

/** Who asked Cube, as the token of the call says. */
export interface Caller {
  path: string;
  sub: string;
  roles: string[];
  /** Seconds until the token expires. */
  lifetime: number;
}

export interface RecordingProxy {
  url: string;
  callers: Caller[];
  /** Calls whose token does not hold: a test with a wrong secret makes some on purpose. */
  refused: string[];
  stop(): void;
}

/** Passes calls on to Cube and keeps who made them. */
export async function startRecordingProxy(target: string, secret: string): Promise<RecordingProxy> {
  const callers: Caller[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const { method, headers, url } = request;
    try {
      const { sub, roles, exp } = verifyToken(tokenFromHeader(headers.authorization), secret);
      callers.push({ path: url ?? '', sub, roles, lifetime: exp - Date.now() / 1_000 });
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      refused.push(url ?? '');
    }
    const passed = forward(`${target}${url ?? ''}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, callers, refused, stop: () => void server.close() };
}
