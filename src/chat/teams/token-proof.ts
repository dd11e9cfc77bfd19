/**
 * A first look at a token, before the SDK's: is it signed with a key that Microsoft endorses for Teams, for us?
 * The SDK checks more (times, serviceUrl), but remembers and prints parts of tokens nobody signed, and takes
 * keys without an endorsement.
 */
import { verify } from 'node:crypto';
import * as z from 'zod';

export const ISSUER = 'https://api.botframework.com';
const CHANNEL = 'msteams';
/** The SDK's list, too. */
const DIGESTS = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' } as const;

const Header = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']), kid: z.string().min(1).max(200) });
const Claims = z.object({ iss: z.string(), aud: z.string(), exp: z.number() });

/** A published key: PEM, and the channels it may sign for. */
export interface PublishedKey {
  readonly key: string;
  readonly endorsements?: readonly string[];
}

/** Undefined for a key id that is not published. Rejects when the keys cannot be read. */
export type FindKey = (keyId: string) => Promise<PublishedKey | undefined>;

/** Why the Authorization header proves nothing, or undefined. Says nothing of what is in the token. */
export async function whyNoProof(
  authorization: string | undefined,
  { appId, findKey }: { readonly appId: string; readonly findKey: FindKey },
): Promise<string | undefined> {
  const [, header, payload, signature] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(authorization ?? '') ?? [];
  if (!header || !payload) return 'no token';
  const { data: head } = Header.safeParse(decode(header));
  if (!head || !signature) return 'not signed as Microsoft signs';
  const { data: claims } = Claims.safeParse(decode(payload));
  // The SDK looks at the end of a token, but takes one that has none.
  if (!claims) return 'claims missing';
  if (claims.iss !== ISSUER) return 'wrong issuer';
  if (claims.aud !== appId) return 'wrong audience';
  const key = await findKey(head.kid);
  if (!key) return 'unknown key';
  if (!key.endorsements?.includes(CHANNEL)) return 'a key that is not endorsed for Teams';
  const signed = Buffer.from(`${header}.${payload}`);
  const genuine = verify(DIGESTS[head.alg], signed, key.key, Buffer.from(signature, 'base64url'));
  return genuine ? undefined : 'wrong signature';
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
