/** What to mend when there was no answer, or one of somebody else: told by the words of the last attempt. */
import { AppError } from '../core/errors.ts';

const AGAIN = 'It is tried again by itself.';
const MENDS: readonly (readonly [words: RegExp, mend: (place: string) => string])[] = [
  [
    /ENOTFOUND|EAI_AGAIN|EAI_NODATA/,
    (place) => `The name of ${place} is not known here: check how it is written, and this machine's DNS.`,
  ],
  [
    /wrong version number|packet length too long|ERR_SSL_|EPROTO/i,
    (place) => `${place} does not speak https there: check the address and its port.`,
  ],
  [
    /self[- ]signed|certificate|ERR_TLS|altname/i,
    (place) =>
      `The certificate of ${place} is not trusted here. If a proxy or a server of your own made it, set NODE_EXTRA_CA_CERTS to the file with its authority; also check this machine's clock.`,
  ],
  [
    /ECONNREFUSED|bad port/,
    (place) => `Nothing listens at ${place}: check the address and its port, and whether it runs.`,
  ],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|no connection to|no answer in time|timed? ?out/i,
    (place) => `${place} cannot be reached from here: check the network, a firewall or a proxy between.`,
  ],
  [
    /is not JSON|no listing/,
    (place) =>
      `Something else than the API may answer at ${place}, such as a sign-in page or a proxy: check the address.`,
  ],
];

/** What to do about an error of the network in these words; undefined when they are of another kind. */
export function reachMend(words: string, address: string): string | undefined {
  const place = URL.canParse(address) ? new URL(address).host : address;
  return MENDS.find(([known]) => known.test(words))?.[1](place);
}

/** The same error, with what to mend when no attempt reached the other side; anything else as it is. */
export function explainUnreachable(error: unknown, address: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'UPSTREAM' || error.cause === undefined) return error;
  const mend = reachMend(error.message, address);
  // Who signs in explains itself, with an address of its own.
  if (mend === undefined || error.hint?.endsWith(AGAIN)) return error;
  return new AppError(error.code, error.message, {
    hint: `${mend} ${AGAIN}`,
    cause: error.cause,
  });
}
