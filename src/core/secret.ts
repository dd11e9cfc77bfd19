/** Knows what a secret looks like, so that none is kept in a file or printed. */

/** What a kind of secret looks like: text that may be shown, and text that may not. */
const KINDS: readonly { readonly pattern: RegExp; readonly words: (secret: string) => string }[] = [
  { pattern: /xapp-[\w-]{4,}/, words: () => 'a Slack app-level token (xapp-…)' },
  {
    pattern: /xox[a-z](?:\.xox[a-z])?-[\w-]{4,}/,
    words: (secret) => `a Slack token (${secret.slice(0, 4).toLowerCase()}-…)`,
  },
  {
    pattern: /sk-(?:(?:ant|proj|svcacct|admin|live|test|or)-[\w-]{6,}|[A-Za-z0-9]{16,})/,
    words: () => 'an API key (sk-…)',
  },
  { pattern: /AKIA[0-9A-Z]{16}/, words: () => 'an AWS access key (AKIA…)' },
  { pattern: /ASIA[0-9A-Z]{16}/, words: () => 'a temporary AWS access key (ASIA…)' },
  { pattern: /AccountKey=[A-Za-z0-9+/=]{20,}/, words: () => 'a storage account key (AccountKey=…)' },
  { pattern: /sig=[A-Za-z0-9%+/=_-]{20,}/, words: () => 'a shared access signature (sig=…)' },
  { pattern: /[\w.-]{3}8Q~[\w.~-]{20,}/, words: () => 'an Azure client secret' },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, words: () => 'a private key' },
];

const SECRET = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${KINDS.map(({ pattern }) => pattern.source).join('|')})`,
  'giu',
);

/** The same text with everything that looks like a secret replaced. */
export function redact(text: string): string {
  return text.replace(SECRET, (secret) => `${/^(?:[a-z.]+-|\w+=)?/i.exec(secret)?.[0] ?? ''}…`);
}

/** What kind of secret a text holds, in words, or undefined. */
export function secretKind(text: string): string | undefined {
  const secret = text.match(SECRET)?.[0];
  if (secret === undefined) return undefined;
  const kind = KINDS.find(({ pattern }) => new RegExp(`^(?:${pattern.source})`, 'iu').test(secret));
  return kind?.words(secret);
}

/** A database address without its password. */
export function redactAddress(url: string): string {
  return redact(url).replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:…@');
}
