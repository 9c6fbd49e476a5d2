import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tokenFromHeader, verifyToken } from '@fair-underwriting/cube/src/auth/verify.ts';

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
  stop(): void;
}

/** Passes calls on to Cube and keeps who made them. A call without a valid token ends the test run. */
export async function startRecordingProxy(target: string, secret: string): Promise<RecordingProxy> {
  const callers: Caller[] = [];
  const server = createServer((request, response) => {
    const { sub, roles, exp } = verifyToken(tokenFromHeader(request.headers.authorization), secret);
    callers.push({ path: request.url ?? '', sub, roles, lifetime: exp - Date.now() / 1_000 });
    const { method, headers, url } = request;
    const passed = forward(`${target}${url ?? ''}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, callers, stop: () => void server.close() };
}
