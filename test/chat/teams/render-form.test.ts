/** Forms as cards, and what they bring back. */
import { describe, expect, it } from 'vitest';
import { readActionData } from '../../../src/chat/teams/data-of-action.ts';
import { renderForm } from '../../../src/chat/teams/render-form.ts';
import { type Form, text } from '../../../src/view/elements.ts';
import { button } from '../../contracts/chat-platform.ts';
import { cardProblems, type Json, nodesOf } from './adaptive-card.ts';
import { liveParts, visible } from './card-reader.ts';

const CONVERSATION = { platform: 'teams', workspace: 'w', channel: '19:x@thread.tacv2', thread: '17' };
const inline = { inDialog: false, back: true, conversation: CONVERSATION };
const form: Form = {
  form: 'proposal',
  text: 'proposal 4',
  id: 'form-1',
  title: 'Shut down 1 job?',
  submit: 'Request approval',
  intro: [text('Saves $2,310 a day.')],
  body: [{ kind: 'text', spans: [text('What happens: it ends.')] }],
  bodyBelow: 'items',
  fields: [
    {
      kind: 'checks',
      name: 'items',
      label: 'What',
      options: [
        { value: '1', label: 'bert-retrain-7', detail: '$2,310 a day' },
        { value: '2', label: 'box' },
      ],
      values: ['1', '2'],
      hint: 'Choose.',
    },
    { kind: 'text', name: 'reason', label: 'Reason', long: true, placeholder: 'why', value: 'idle' },
    {
      kind: 'select',
      name: 'until',
      label: 'Until',
      options: [{ value: '1d', label: 'a day' }],
      value: '1d',
      optional: true,
    },
    { kind: 'date', name: 'day', label: 'Day', value: '2026-12-01', optional: true },
  ],
};
const inputsOf = (card: unknown): Json[] =>
  nodesOf(card).filter(({ type }) => String(type).startsWith('Input.'));

describe('a form', () => {
  it('shows its fields as filled in, in the order of the form, and what is needed', () => {
    const card = renderForm(form, inline);
    expect(cardProblems(card)).toEqual([]);
    expect(visible(card)).toBe(
      'Shut down 1 job? Saves $2,310 a day. What bert-retrain-7: $2,310 a day box Choose. What happens: it ends. Reason idle why Until a day Day Request approval Cancel',
    );
    expect(inputsOf(card).map(({ id, value, isRequired }) => [id, value, isRequired ?? false])).toEqual([
      ['in.items', '1,2', true],
      ['in.reason', 'idle', true],
      ['in.until', '1d', false],
      ['in.day', '2026-12-01', false],
    ]);
  });

  it('is sent with where it was opened, and left without being checked', () => {
    const { actions } = renderForm(form, inline);
    expect(actions).toMatchObject([
      {
        type: 'Action.Execute',
        verb: 'form',
        data: {
          pw: 'form',
          id: 'form-1',
          form: 'proposal',
          conversation: { channel: CONVERSATION.channel, thread: '17' },
        },
      },
      { type: 'Action.Execute', verb: 'back', data: { pw: 'back' }, associatedInputs: 'none' },
    ]);
  });

  it('in a dialog has no title or way back of its own, and is submitted', () => {
    const card = renderForm(form, { ...inline, inDialog: true });
    expect(visible(card)).not.toContain('Shut down 1 job?');
    expect(card.actions?.map(({ type, title }) => [type, title])).toEqual([
      ['Action.Submit', 'Request approval'],
    ]);
  });

  it('that is only to be read has a way back, and live buttons', () => {
    const { submit: _, ...rest } = form;
    const body = [{ kind: 'actions' as const, buttons: [button('By region')] }];
    const card = renderForm({ ...rest, fields: [], body }, inline);
    expect(visible(card)).toContain('By region');
    expect(card.actions?.map(({ title }) => title)).toEqual(['Back']);
  });

  it('says what does not fit: options, long labels, fields, a large body', () => {
    const options = Array.from({ length: 130 }, (_, index) => ({ value: `v${index}`, label: `o${index}` }));
    const card = renderForm(
      {
        ...form,
        title: 't'.repeat(300),
        submit: 'Compare the two models now, and then again for all the months before this one, please',
        body: [{ kind: 'table', columns: [{ title: 'x' }], rows: options.map(() => ['y'.repeat(900)]) }],
        fields: [
          { kind: 'select', name: 'many', label: 'l'.repeat(900), options },
          {
            kind: 'checks',
            name: 'comma',
            label: 'Which',
            options: [{ value: 'a,b', label: 'x' }, ...options.slice(0, 2)],
            values: [],
          },
          { kind: 'select', name: 'none', label: 'Nothing', options: [] },
          ...Array.from({ length: 60 }, (_, index) => ({
            kind: 'text' as const,
            name: `t${index}`,
            label: `field ${index}`,
            value: 'v'.repeat(index === 0 ? 9_000 : 1),
          })),
        ],
      },
      inline,
    );
    expect(cardProblems(card)).toEqual([]);
    const seen = visible(card);
    for (const words of [
      'and 30 more, left out here',
      'and 1 more, left out here',
      'Nothing: there is nothing to choose from.',
      'The button means: Compare the two models now',
      'and 23 more fields, left out',
      'rows are shown',
      'characters left out)',
    ])
      expect(seen).toContain(words);
  });

  it('keeps hostile values literal everywhere', () => {
    const evil =
      '<at>all</at> **x** __y__ [z](https://evil.example) `c` {{DATE(2017-02-14T06:08:39Z)}} https://evil.example';
    const card = renderForm(
      {
        ...form,
        title: evil,
        submit: evil,
        intro: [text(evil)],
        body: [{ kind: 'context', spans: [text(evil)] }],
        fields: [
          {
            kind: 'checks',
            name: evil,
            label: evil,
            hint: evil,
            options: [{ value: evil, label: evil, detail: evil }],
            values: [],
          },
          { kind: 'text', name: 't', label: evil, value: evil, placeholder: evil, hint: evil },
        ],
      },
      inline,
    );
    expect(cardProblems(card)).toEqual([]);
    expect(liveParts(card)).toEqual([]);
  });

  it('is refused when it was never registered, or could not be sent', () => {
    const { id: _, ...unregistered } = form;
    expect(() => renderForm(unregistered, inline)).toThrow(/id/);
    const { submit: __, ...unsendable } = form;
    expect(() => renderForm(unsendable, inline)).toThrow(/nothing to send/);
  });
});

describe('what comes back', () => {
  it('is the form’s data and the values of its fields, whatever they are called', () => {
    const [submit] = renderForm(form, inline).actions ?? [];
    const sent = {
      ...(submit && 'data' in submit ? submit.data : {}),
      'in.items': '1',
      'in.pw': 'back',
      'in.id': 'x',
    };
    expect(readActionData(sent)).toEqual({
      pw: 'form',
      id: 'form-1',
      form: 'proposal',
      conversation: { channel: CONVERSATION.channel, thread: '17' },
      values: { items: '1', pw: 'back', id: 'x' },
    });
  });

  it('is nothing when somebody else wrote it, and only text when somebody changed it', () => {
    for (const other of [
      undefined,
      null,
      'form',
      [],
      {},
      { pw: 'shell' },
      { pw: 'form', id: 7 },
      { pw: 'form', id: 'x'.repeat(900) },
    ])
      expect(readActionData(other)).toBeUndefined();
    const strange = {
      pw: 'form',
      id: 'a',
      'in.a': 7,
      'in.b': { x: 1 },
      'in.c': 'fine',
      'in.d': 'x'.repeat(30_000),
      e: 'f',
    };
    expect(readActionData(strange)).toEqual({ pw: 'form', id: 'a', values: { c: 'fine' } });
    const sent = JSON.parse('{"pw":"form","id":"a","in.__proto__":"x"}') as unknown;
    expect(Object.getPrototypeOf(readActionData(sent)?.values ?? {})).toBe(Object.prototype);
  });
});
