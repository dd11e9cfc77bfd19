/** Structured logs on stderr, so that stdout stays free for answers. */
import { pino } from 'pino';
import type { Logger } from './core/log.ts';

export function createLog(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
