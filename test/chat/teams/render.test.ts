/** A card says exactly what the view says: mentions, links, places, who sees what, and how much fits. */
import { describe, expect, it } from 'vitest';
import { findKeyMark, keyMark } from '../../../src/chat/teams/key.ts';
import { renderCard, renderLoading, renderMessage, renderPlain } from '../../../src/chat/teams/render.ts';
import {
  type Button,
  bold,
  type Element,
  type PersonalView,
  type Span,
  text,
  type View,
} from '../../../src/view/elements.ts';
import { button } from '../../contracts/chat-platform.ts';
import { cardProblems, type Json, messageProblems, nodesOf } from './adaptive-card.ts';
import { liveParts, visible } from './card-reader.ts';

const MIRA = '12345678-9abc-4def-8123-456789abcdef';
const mira = {
  kind: 'mention',
  who: 'user',
  ids: { slack: 'UMIRA', teams: MIRA },
  name: 'Mira Chen',
} as const;
const paragraph = (...spans: Extract<Element, { kind: 'text' }>['spans']): Element => ({
  kind: 'text',
  spans,
});
const view = (...elements: Element[]): View => ({ elements });
const typesOf = (card: unknown) =>
  nodesOf(card).flatMap(({ type }) => (typeof type === 'string' ? [type] : []));
const actionsOf = (card: unknown): Json[] =>
  nodesOf(card).filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');

describe('text', () => {
  it('is literal runs where nobody is mentioned: no markdown is written at all', () => {
    const card = renderCard(
      view(paragraph(bold('bert'), text(' **+18 %** _a_ <b> [x](https://evil.example)'))),
    );
    expect(typesOf(card)).not.toContain('TextBlock');
    expect(visible(card)).toBe('bert **+18 %** _a_ <b> [x](https://evil.example)');
    expect(liveParts(card)).toEqual([]);
  });

  it('mentions a person once by their Entra id, and everything beside it stays literal', () => {
    const words = 'High: bert_v2_x is *1,460* over [budget](https://evil.example) & <at>all</at> # 1. ';
    const card = renderCard(view(paragraph(bold(words), mira), paragraph(text('again '), mira)));
    expect(cardProblems(card)).toEqual([]);
    expect(liveParts(card)).toEqual([`@${MIRA}`, `@${MIRA}`]);
    expect(visible(card)).toBe(`${words}Mira Chen again Mira Chen`);
    expect(card.msteams?.entities).toEqual([
      { type: 'mention', text: '<at>Mira Chen</at>', mentioned: { id: MIRA, name: 'Mira Chen' } },
    ]);
  });

  it('mentions nobody without an Entra id: groups, people of other platforms, made-up ids', () => {
    const spans: Span[] = [
      { ...mira, who: 'group' },
      { ...mira, ids: { slack: 'UMIRA' } },
      { ...mira, ids: { teams: '29:abc' } },
      { ...mira, ids: { teams: `${MIRA}</at>` } },
    ];
    const card = renderCard(view(...spans.map((span) => paragraph(span))));
    expect(liveParts(card)).toEqual([]);
    expect(visible(card)).toBe('Mira Chen Mira Chen Mira Chen Mira Chen');
  });

  it('cannot be mentioned by a name that holds marks', () => {
    const card = renderCard(view(paragraph({ ...mira, name: '</at>**x** <at>everyone' })));
    expect(cardProblems(card)).toEqual([]);
    expect(liveParts(card)).toEqual([`@${MIRA}`]);
  });

  it('links only to web addresses; others are shown', () => {
    const link = (url: string) => paragraph({ kind: 'link', text: 'here', url });
    const card = renderCard(
      view(...['https://a.example/x_(1)', 'javascript:alert(1)', 'mailto:x@y.example', 'https://'].map(link)),
    );
    expect(liveParts(card)).toEqual(['https://a.example/x_(1)']);
    expect(visible(card)).toContain('here (javascript:alert(1))');
  });

  it('keeps a link live beside a mention', () => {
    const url = 'https://a.example/run_(book)*';
    const card = renderCard(view(paragraph(mira, text(': '), { kind: 'link', text: 'run [book]', url })));
    expect(liveParts(card)).toEqual([`@${MIRA}`, 'https://a.example/run_%28book%29%2A']);
    expect(visible(card)).toBe('Mira Chen: run [book]');
  });

  it('never becomes a date', () => {
    const evil = '{{DATE(2017-02-14T06:08:39Z, SHORT)}} {{ TIME(2017-02-14T06:08:39Z)}}';
    const card = renderCard(view(paragraph(text(evil)), paragraph(text(evil), mira)));
    expect(liveParts(card)).toEqual([`@${MIRA}`]);
    expect(visible(card)).toContain(evil);
  });

  it('is as many blocks as it has lines, and a mention is never cut', () => {
    const card = renderCard(view(paragraph(text('one\ntwo\n\nthree'))));
    expect(typesOf(card).filter((type) => type === 'RichTextBlock')).toHaveLength(3);
    const long = renderCard(view(paragraph(text('x'.repeat(5_000)), mira)));
    expect(liveParts(long)).toEqual([`@${MIRA}`]);
    expect(visible(long)).toMatch(/left out/);
  });
});

describe('buttons', () => {
  const labelled = (label: string, more: Partial<Button> = {}): Button => ({ ...button(label), ...more });

  it('are asked and answered by id; older clients submit the same', () => {
    const [action] = actionsOf(
      renderCard(view({ kind: 'actions', buttons: [labelled('Go', { id: 'id-1' })] })),
    );
    const data = { pw: 'button', id: 'id-1' };
    expect(action).toMatchObject({ type: 'Action.Execute', verb: 'button', data, fallback: { data } });
  });

  it('stand in sets of at most six, evenly', () => {
    const buttons = Array.from({ length: 14 }, (_, index) => labelled(`b${index}`));
    const { body } = renderCard(view({ kind: 'actions', buttons }));
    expect(body.map((set) => (set.type === 'ActionSet' ? set.actions.length : 0))).toEqual([5, 5, 4]);
  });

  it('open a dialog where there are dialogs, and are submitted inside of one', () => {
    const opening = labelled('Choose…', {
      id: 'f',
      action: { do: 'form', form: 'x', text: 'x', slow: true },
    });
    const shown = view({ kind: 'actions', buttons: [opening, labelled('Plain', { style: 'danger' })] });
    const data = { pw: 'button', id: 'f', slow: true, form: 'x' };
    expect(actionsOf(renderCard(shown, { dialogs: true }))).toMatchObject([
      { type: 'Action.Submit', data: { ...data, msteams: { type: 'task/fetch' } } },
      { type: 'Action.Execute', style: 'destructive' },
    ]);
    expect(actionsOf(renderCard(shown))[0]).toMatchObject({ type: 'Action.Execute', data });
    const conversation = { platform: 'teams', channel: 'c', thread: 't' };
    const inside = actionsOf(renderCard(shown, { inDialog: true, conversation }));
    expect(inside.map(({ type }) => type)).toEqual(['Action.Submit', 'Action.Submit']);
    expect(inside[0]).toMatchObject({ data: { ...data, conversation: { channel: 'c', thread: 't' } } });
  });

  it('of deciders are shown to those who ask for their own view, and at once to those who are known', () => {
    const decide: Element = { kind: 'actions', buttons: [labelled('Approve')], deciders: true };
    const people: PersonalView['people'] = [
      { teams: MIRA.toUpperCase() },
      { slack: 'UJON' },
      { teams: 'unknown' },
    ];
    const mine = { button: labelled('Details', { id: 'mine-1' }), people };
    const shown = { ...view(paragraph(text('asks')), decide, decide), mine };
    const card = renderCard(shown, { userIds: new Map([[MIRA, '29:mira']]) });
    expect(visible(card)).toBe('asks Details');
    expect(card.refresh).toMatchObject({
      userIds: ['29:mira'],
      action: { type: 'Action.Execute', verb: 'mine', data: { pw: 'mine', id: 'mine-1' } },
    });
    expect(cardProblems(card)).toEqual([]);
    expect(visible(renderCard(view(decide)))).toBe('Approve');
    const crowd = Array.from({ length: 90 }, (_, index) => ({ teams: `p${index}` }));
    const ids = new Map(crowd.map(({ teams }) => [teams, `29:${teams}`]));
    const many = renderCard({ ...shown, mine: { ...mine, people: crowd } }, { userIds: ids });
    expect(many.refresh?.userIds).toHaveLength(60);
  });
});

describe('a message', () => {
  it('is summed up for the notification by what it says first, without marks of its own', () => {
    const message = renderMessage(
      view({ kind: 'heading', text: 'bert: $12' }, paragraph(text('more')), {
        kind: 'actions',
        buttons: [button('Go')],
      }),
    );
    expect(message.summary).toBe('bert: $12 more');
    expect(renderMessage(view(paragraph(text('x'.repeat(900))))).summary.length).toBeLessThanOrEqual(240);
  });

  it('carries its key unseen, says that it may be a repeat, and offers the way back', () => {
    const card = renderCard(view(paragraph(text('report'))), { key: 'weekly', repeat: true, back: true });
    expect(cardProblems(card)).toEqual([]);
    expect(visible(card)).toBe(
      'report (Perhaps a repeat: Teams did not say whether the first was posted.) Back',
    );
    expect(findKeyMark(card, 'weekly') && findKeyMark(JSON.stringify(card), 'weekly')).toBe(true);
    expect(findKeyMark(card, 'daily') || findKeyMark('{', 'weekly') || findKeyMark(null, 'weekly')).toBe(
      false,
    );
    expect(findKeyMark(renderCard(view(paragraph(text(keyMark('weekly'))))), 'weekly')).toBe(false);
  });

  it('has a line where a divider stands, but none at its end', () => {
    const { body } = renderCard(
      view(paragraph(text('a')), { kind: 'divider' }, paragraph(), paragraph(text('b')), { kind: 'divider' }),
    );
    expect(body.map(({ separator }) => separator ?? false)).toEqual([false, true]);
  });

  it('gives two large tables room by what they want, and says what is left out', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, row) => [`model-${row}`, 'x'.repeat(200)]);
    const table = (count: number): Element => ({
      kind: 'table',
      columns: [{ title: 'model' }, { title: 'what' }],
      rows: rows(count),
    });
    const message = renderMessage(view(table(90), table(5), table(90)));
    expect(messageProblems(message)).toEqual([]);
    const tables = nodesOf(message).filter(({ type }) => type === 'Table');
    const counts = tables.map(({ rows }) => (rows as unknown[]).length - 1);
    expect(counts[1]).toBe(5);
    expect(Math.abs((counts[0] ?? 0) - (counts[2] ?? 0))).toBeLessThanOrEqual(1);
    expect(counts[0]).toBeGreaterThan(20);
    expect(visible(message)).toContain(`The other ${90 - (counts[0] ?? 0)} are left out.`);
  });

  it('shows every row where there is room, in whichever layout', () => {
    const money = ['Used', 'Of', 'Used %', 'Forecast', 'State', 'Owner', 'Budgets below', 'Since'];
    for (const titles of [money.slice(0, 2), money.slice(0, 4), money]) {
      const row = titles.map((title) => `${title}-of-something`);
      const rows = Array.from({ length: 8 }, () => row);
      const shown = visible(
        renderCard(view({ kind: 'table', columns: titles.map((title) => ({ title })), rows })),
      );
      expect(shown.split('Used-of-something')).toHaveLength(9);
      expect(shown).not.toContain('left out');
    }
  });

  it('says of one row that it is left out', () => {
    const rows = Array.from({ length: 101 }, () => ['x']);
    expect(visible(renderCard(view({ kind: 'table', columns: [{ title: 'x' }], rows })))).toContain(
      'The other one is left out.',
    );
  });

  it('writes a table smaller where its words would not have room, so that it stays a table', () => {
    const titles = ['Model', 'Cost', 'Change', 'Share', 'Unit cost'];
    const row = [
      'diffusion-thumbs',
      '$16,940',
      '−1,011 % (−$16,690)',
      '14 %',
      '$14.71 per 1k requests (±0 %)',
    ];
    const table = (cells: number) =>
      renderCard(
        view({
          kind: 'table',
          columns: titles.slice(0, cells).map((title) => ({ title, align: 'right' })),
          rows: [row],
        }),
      );
    const sizes = (card: unknown) =>
      new Set(nodesOf(card).flatMap(({ type, size }) => (type === 'TextRun' ? [size] : [])));
    expect([...sizes(table(3))]).toEqual([undefined]);
    expect(typesOf(table(5))).toContain('Table');
    expect([...sizes(table(5))]).toEqual(['Small']);
  });

  it('becomes a line per row where the words of a table would break on a phone', () => {
    const titles = ['What', 'Severity', 'Since', 'So far', 'A day', 'Usually', 'State', 'Owner'];
    const row = ['bert', 'High', 'Wed 18 Nov', '+$1,380', '$700', '$10.00', 'acknowledged', '–'];
    const card = renderCard(
      view({ kind: 'table', columns: titles.map((title) => ({ title })), rows: [row] }),
    );
    expect(typesOf(card)).not.toContain('Table');
    expect(visible(card)).toBe(
      'bert · Severity High · Since Wed 18 Nov · So far +$1,380 · A day $700 · Usually $10.00 · State acknowledged',
    );
  });

  it('is plain where a client takes no layout, and something is shown while one waits', () => {
    const plain = renderPlain(view({ kind: 'heading', text: '**bert**' }, { kind: 'divider' }), { key: 'k' });
    expect(messageProblems(plain)).toEqual([]);
    expect(visible(plain)).toContain('**bert**');
    expect(findKeyMark(plain, 'k')).toBe(true);
    expect(visible(renderLoading('Looking at what is running…'))).toBe('Looking at what is running…');
  });
});
