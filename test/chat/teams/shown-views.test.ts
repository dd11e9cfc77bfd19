/** What our newest messages show: bounded, and never one conversation's message in another. */
import { expect, it } from 'vitest';
import { createShownViews } from '../../../src/chat/teams/shown-views.ts';
import { text, type View } from '../../../src/view/elements.ts';

const said = (words: string): View => ({ elements: [{ kind: 'text', spans: [text(words)] }] });

it('is what the message shows now', () => {
  const shown = createShownViews();
  shown.keep('C1', '17', said('open'), 'weekly');
  shown.keep('C1', '17', said('closed'));
  expect(shown.find('C1', '17')).toEqual(said('closed'));
  expect(shown.key('C1', '17')).toBe('weekly');
  expect(shown.find('C1', '18')).toBeUndefined();
});

it('keeps two messages of the same moment apart', () => {
  const shown = createShownViews();
  shown.keep('C1', '17', said('secret'));
  expect(shown.find('C2', '17')).toBeUndefined();
  shown.keep('C2', '17', said('public'));
  expect(shown.find('C2', '17')).toEqual(said('public'));
  expect(shown.find('C1', '17')).toEqual(said('secret'));
});

it('forgets the oldest, and what was just rewritten last', () => {
  const shown = createShownViews(2);
  for (const id of ['1', '2']) shown.keep('C1', id, said(id));
  shown.keep('C1', '1', said('1 again'));
  shown.keep('C1', '3', said('3'));
  expect(['1', '2', '3'].map((id) => shown.find('C1', id) !== undefined)).toEqual([true, false, true]);
});
