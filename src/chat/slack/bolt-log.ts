/** Routes what the Slack SDK logs to our log, without tokens, secrets or the payloads it prints when debugging. */
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../core/log.ts';

export function createSlackLog(log: Logger): SlackLogger {
  return {
    // The SDK's debug lines hold whole requests and its info lines are chatter: neither belongs in our log.
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn({ detail: redact(words) }, 'Slack SDK warning'),
    error: (...words) => log.error({ detail: redact(words) }, 'Slack SDK error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** One line without tokens and without the addresses that work like passwords. */
export function redact(words: readonly unknown[]): string {
  return words
    .map((word) => (word instanceof Error ? word.message : String(word)))
    .join(' ')
    .replace(/\bx(?:ox[a-z]|app)-[\w-]+/g, '[token]')
    .replace(/(https?:\/\/[^\s/]+\/(?:commands|actions|services|app|upload)\/)\S+/g, '$1[secret]');
}
