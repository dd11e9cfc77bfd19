/** Keys that sign what Teams sends, served over HTTP the way Microsoft serves its own: OpenID configuration and key set. */
import { createHmac, generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** teams: endorsed for Teams. directline: for another channel. unendorsed: for none. foreign: not in the key set. */
export type KeyName = 'teams' | 'directline' | 'unendorsed' | 'foreign';

export interface SignOptions {
  readonly key?: KeyName;
  /** Key id to claim; the key's own unless given. */
  readonly kid?: string;
  /** "none" leaves the signature out; "HS256" signs with the public key's text as a shared secret. */
  readonly alg?: 'RS256' | 'none' | 'HS256';
}

export interface SigningKeys {
  /** Address of the OpenID configuration: TeamsEndpoints.openId. */
  readonly openId: string;
  /** How often the key set was asked for. */
  readonly asked: () => number;
  /** A JWT with sensible claims; a claim given as undefined is left out. Times are seconds since 1970. */
  sign(claims?: Readonly<Record<string, unknown>>, options?: SignOptions): string;
  /** The same as the value of an Authorization header. */
  bearer(claims?: Readonly<Record<string, unknown>>, options?: SignOptions): string;
  stop(): Promise<void>;
}

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** One pair per name and test process: making one takes a tenth of a second. */
const pairs = new Map<KeyName, Pair>();

function pairOf(name: KeyName): Pair {
  const known = pairs.get(name);
  if (known) return known;
  const made = generateKeyPairSync('rsa', { modulusLength: 2048 });
  pairs.set(name, made);
  return made;
}

const ENDORSEMENTS: Readonly<Record<Exclude<KeyName, 'foreign'>, readonly string[] | undefined>> = {
  teams: ['msteams', 'skype'],
  directline: ['directline', 'webchat'],
  unendorsed: undefined,
};

/** Starts the server. `published` are the keys in its set. */
export async function startSigningKeys({
  appId,
  serviceUrl,
  published = ['teams'],
}: {
  readonly appId: string;
  /** What the claim of that name says unless overridden. */
  readonly serviceUrl: string;
  readonly published?: readonly Exclude<KeyName, 'foreign'>[];
}): Promise<SigningKeys> {
  let asked = 0;
  const server = createServer((request, response) => {
    const json = (body: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/keys') {
      asked += 1;
      return json({ keys: published.map(jwkOf) });
    }
    json({ issuer: 'https://api.botframework.com', jwks_uri: `${origin()}/keys` });
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function sign(claims: Readonly<Record<string, unknown>> = {}, options: SignOptions = {}): string {
    const { key = 'teams', alg = 'RS256' } = options;
    const now = Math.floor(Date.now() / 1000);
    const header = { typ: 'JWT', alg, kid: options.kid ?? key, x5t: options.kid ?? key };
    const standard = {
      serviceurl: serviceUrl,
      nbf: now - 60,
      exp: now + 3600,
      iss: 'https://api.botframework.com',
      aud: appId,
    };
    const signed = `${encode(header)}.${encode({ ...standard, ...claims })}`;
    return `${signed}.${signature(signed, pairOf(key), alg)}`;
  }

  return {
    openId: `${origin()}/v1/.well-known/openidconfiguration`,
    asked: () => asked,
    sign,
    bearer: (claims, options) => `Bearer ${sign(claims, options)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function jwkOf(name: Exclude<KeyName, 'foreign'>): object {
  const endorsements = ENDORSEMENTS[name];
  return {
    ...pairOf(name).publicKey.export({ format: 'jwk' }),
    use: 'sig',
    kid: name,
    x5t: name,
    ...(endorsements && { endorsements }),
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signature(text: string, pair: Pair, alg: 'RS256' | 'none' | 'HS256'): string {
  if (alg === 'none') return '';
  if (alg === 'HS256') {
    const secret = pair.publicKey.export({ type: 'spki', format: 'pem' });
    return createHmac('sha256', secret).update(text).digest('base64url');
  }
  return signWith('sha256', Buffer.from(text), pair.privateKey).toString('base64url');
}
