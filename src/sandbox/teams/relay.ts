/** Passing requests on to the local client, as they are or with another body. */
import { type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export const HOST = '127.0.0.1';

/** Request and answer as they are. */
export function pass(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const onward = requestTo({ host: HOST, port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  request.pipe(onward);
}

/** Sends the same request with that JSON for a body. */
export async function ask(
  request: Pick<IncomingMessage, 'method' | 'url'>,
  port: number,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(`http://${HOST}:${port}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body && { body }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** An upgraded connection as it is. */
export function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const onward = connect(port, HOST, () => {
    const { rawHeaders } = request;
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
    onward.write(`${[`GET ${request.url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.once('error', () => socket.destroy());
  socket.once('close', () => onward.destroy());
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
