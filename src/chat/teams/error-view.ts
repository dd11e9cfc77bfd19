/** What a person reads who is not one, as far as Teams says. */
import type { View } from '../../view/elements.ts';
import { wordsView } from '../words.ts';

/** Teams did not say who wrote: a guest without an account, another bot, a webhook. */
export function nobodyView(): View {
  return wordsView(
    'Pennywatch cannot answer this: Teams did not say who you are.',
    'It shows costs to members of the organisation only. Sign in to Teams with your work account and ask again.',
  );
}
