/** Keeps the secrets that a poll was given out of everything it says. */
import { redact } from '../../core/secret.ts';
import type { Access } from '../../sources/types.ts';

/** What these name may be read by anybody; all else that a source asks for is taken for a secret. */
const OPEN_NAME = /REGION|ENDPOINT|URL|HOST|PROJECT|PROFILE|ACCOUNT|TENANT|CLIENT_ID|_FILE$|_PATH$/i;
const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|CONNECTION|SAS/i;
/** Shorter ones would blot out words that only look alike. */
const SHORTEST = 8;

export interface Hiding {
  /** The environment, remembering which secrets were read. */
  readonly variable: Access['variable'];
  /** The text without any of them, nor anything that looks like a secret. */
  hide(text: string): string;
  /** The same for the texts inside of plain data. */
  hideIn(value: unknown): unknown;
}

export function hideSecrets(variable: Access['variable']): Hiding {
  const secrets = new Set<string>();
  const hide = (text: string) =>
    redact([...secrets].reduce((said, secret) => said.replaceAll(secret, '…'), text));
  return {
    variable(name) {
      const value = variable(name);
      const open = OPEN_NAME.test(name) && !SECRET_NAME.test(name);
      if (value && !open) for (const form of formsOf(value)) secrets.add(form);
      return value;
    },
    hide,
    hideIn: (value) => mapTexts(value, hide, 0),
  };
}

/** As it is, and as it stands in an address, in JSON, or line by line (private keys); the longest first. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\\n|\s*\n\s*/).filter((line) => !line.startsWith('-----'));
  const forms = [secret, secret.trim(), JSON.stringify(secret).slice(1, -1), asParameter(secret), ...lines];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** A lone surrogate cannot stand in an address. */
function asParameter(secret: string): string {
  return encodeURIComponent(Buffer.from(secret).toString());
}

const DEEPEST = 6;

function mapTexts(value: unknown, hide: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Error) return hide(value.message);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, hide, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [hide(key), mapTexts(one, hide, depth + 1)]),
  );
}
