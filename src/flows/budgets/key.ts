/** API keys by name, as their metered usage says it. */
import { closestNames, exactName } from '../../analysis/closest.ts';
import { addDays, dayInZone } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { keyNames } from '../../store/budget-usage.ts';
import type { Context } from '../context.ts';
import { KEY_DAYS } from './team.ts';

/** The key's name as it is metered. Throws NOT_FOUND with the closest ones for a key that was never used. */
export async function demandKey({ store, settings, now }: Context, typed: string): Promise<string> {
  const names = await keyNames(store, addDays(dayInZone(now(), settings.timeZone), -KEY_DAYS));
  const name = exactName(typed, names);
  if (name !== undefined) return name;
  const close = closestNames(typed, names, 3);
  const meant = close.length > 0 ? ` Did you mean ${close.map((one) => `key:${one}`).join(' or ')}?` : '';
  throw new AppError('NOT_FOUND', `No usage names the key "${typed.slice(0, 80)}".${meant}`, {
    hint: 'Keys are known by their usage: sources of LLM usage tell them with `keys: yes` (OpenAI, Anthropic) or always (LiteLLM).',
  });
}
