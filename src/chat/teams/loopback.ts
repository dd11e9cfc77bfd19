/** Whether a request comes from a program on this machine, and straight from it. Stands in for a token where there is none. */
import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';

/** Whether a host name or address (IPv6 also in brackets) can only be this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name === '::1') return true;
  const four = name.startsWith('::ffff:') ? name.slice('::ffff:'.length) : name;
  return isIPv4(four) && four.startsWith('127.');
}

/** Headers by which proxies and tunnels say that they pass on somebody else's request. */
const PASSED_ON = ['forwarded', 'via', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'true-client-ip'];
const PASSED_ON_STARTS = ['x-forwarded', 'x-original-', 'x-envoy-', 'x-arr-', 'x-ms-', 'cf-', 'ngrok-'];
/** What Microsoft's local client says of itself. */
const LOCAL_CLIENT = 'x-ms-agents-playground';

/**
 * Why a request is not surely from a program on this machine, or undefined. Besides the other end of the
 * connection it looks at what a tunnel (forwarding headers) and a web page opened on this machine (Origin,
 * another Host by DNS rebinding) cannot avoid sending.
 */
export function whyNotLocal(
  request: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string } },
): string | undefined {
  if (!isLoopbackHost(request.socket.remoteAddress ?? '')) return 'it comes from another machine';
  const names = Object.keys(request.headers).filter((name) => name !== LOCAL_CLIENT);
  const passedOn = names.find(
    (name) => PASSED_ON.includes(name) || PASSED_ON_STARTS.some((start) => name.startsWith(start)),
  );
  if (passedOn) return `it was passed on by a proxy or tunnel (header ${passedOn})`;
  if (request.headers.origin !== undefined) return 'it comes from a web page';
  const host = request.headers.host ?? '';
  if (!isLoopbackHost(host.replace(/:\d+$/, ''))) return 'it was meant for another host';
  return undefined;
}
