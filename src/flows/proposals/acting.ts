/** What a context needs so that something can be done at providers. */
import { AppError } from '../../core/errors.ts';
import type { Context } from '../context.ts';
import type { ActionParts } from './types.ts';

/** Throws CONFIG where a context was made without. */
export function demandActing({ acting }: Pick<Context, 'acting'>): ActionParts {
  if (acting) return acting;
  throw new AppError('CONFIG', 'Nothing can be done at providers from here.', {
    hint: 'Ask the server in chat, or use the pennywatch command where pennywatch.yaml is.',
  });
}
