import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface Mail {
  to: string[];
  /** Head and body; what was in quoted-printable is decoded. */
  text: string;
}

export interface Mailbox {
  /** Host and port, as Grafana's setting wants them. */
  host: string;
  mails: Mail[];
  stop(): void;
}

/** As much of SMTP as takes in what Grafana sends, without TLS and passwords. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const server = createServer((socket) => converse(socket, mails));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, mails, stop: () => void server.close() };
}

function converse(socket: Socket, mails: Mail[]): void {
  const say = (text: string) => socket.write(`${text}\r\n`);
  let to: string[] = [];
  let lines: string[] | undefined;
  socket.on('error', () => socket.destroy());
  say('220 mailbox of a test');
  createInterface({ input: socket }).on('line', (line) => {
    if (lines) {
      if (line !== '.') {
        lines.push(line.replace(/^\./, ''));
        return;
      }
      mails.push({ to, text: decoded(lines.join('\n')) });
      to = [];
      lines = undefined;
      say('250 kept');
      return;
    }
    const [, verb = '', rest = ''] = /^(\w+)\s*(.*)$/.exec(line) ?? [];
    if (verb === 'RCPT') to.push(/<(.*)>/.exec(rest)?.[1] ?? '');
    if (verb === 'DATA') {
      lines = [];
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 mailbox');
  });
}

/** Undoes quoted-printable, in bodies and in words of the head. */
function decoded(text: string): string {
  const bytes = text
    .replaceAll(/=\?UTF-8\?q\?(.*?)\?=/gi, (_whole, word: string) => word.replaceAll('_', ' '))
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
