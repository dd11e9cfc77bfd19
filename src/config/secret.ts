/** Knows what a secret looks like, so that none is kept in a file or printed. */

/** Slack tokens, OpenAI-style and Anthropic keys, AWS access keys. */
const SECRET =
  /(?<![\p{L}\p{N}])(?:xox[a-z](?:\.xox[a-z])?-[\w-]{4,}|xapp-[\w-]{4,}|sk-(?:(?:ant|proj|svcacct|admin|live|test|or)-[\w-]{6,}|[A-Za-z0-9]{16,})|AKIA[0-9A-Z]{16})/giu;

/** The same text with everything that looks like a secret replaced. */
export function redact(text: string): string {
  return text.replace(SECRET, (secret) => `${secret.slice(0, secret.indexOf('-') + 1)}…`);
}

/** What kind of secret a text holds, in words, or undefined. */
export function secretKind(text: string): string | undefined {
  const secret = text.match(SECRET)?.[0].toLowerCase();
  if (secret === undefined) return undefined;
  if (secret.startsWith('xapp-')) return 'a Slack app-level token (xapp-…)';
  if (secret.startsWith('xox')) return `a Slack token (${secret.slice(0, 4)}-…)`;
  if (secret.startsWith('sk-')) return 'an API key (sk-…)';
  return 'an AWS access key (AKIA…)';
}

/** A database address without its password. */
export function redactAddress(url: string): string {
  return redact(url).replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:…@');
}
