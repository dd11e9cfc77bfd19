/** Finds the Slack id of user groups that a view mentions by their handle: only ids can be mentioned. */
import type { Logger } from '../../core/log.ts';
import type { Element, Span, View } from '../../view/elements.ts';
import { remember } from '../remember.ts';
import type { SlackApi } from './api.ts';

/** Milliseconds the list of groups is good for, and a failure to get it. */
const GROUPS_FOR = 5 * 60_000;
const SILENT_FOR = 60_000;

export type NameGroups = (view: View) => Promise<View>;

/**
 * A group that Slack does not know, or a Slack that does not answer, leaves the handle as text: the message counts more
 * than the call. Never rejects.
 */
export function createGroupMentions(parts: {
  readonly api: SlackApi;
  readonly log: Logger;
  readonly now: () => number;
}): NameGroups {
  const { api, log, now } = parts;
  const groups = remember(() => api.listGroups(), {
    keep: GROUPS_FOR,
    keepFailure: SILENT_FOR,
    most: 1,
    now,
  });

  return async (view) => {
    if (!view.elements.some((element) => spansOf(element).some(isHandle))) return view;
    try {
      const known = await groups('');
      const idOf = new Map(
        known.flatMap(({ handle, id, date_delete: deleted }) =>
          handle && id && !deleted ? [[`@${handle.toLowerCase()}`, id] as const] : [],
        ),
      );
      return { elements: view.elements.map((element) => withIds(element, idOf)) };
    } catch (error) {
      log.warn({ err: error }, 'Slack did not name its user groups: they are written, not mentioned');
      return view;
    }
  };
}

function isHandle(span: Span): boolean {
  return span.kind === 'mention' && span.who === 'group' && span.ids.slack?.startsWith('@') === true;
}

function spansOf(element: Element): readonly Span[] {
  switch (element.kind) {
    case 'text':
    case 'context':
      return element.spans;
    case 'list':
      return element.items.flat();
    case 'fields':
      return element.fields.flatMap(({ value }) => value);
    default:
      return [];
  }
}

function withIds(element: Element, idOf: ReadonlyMap<string, string>): Element {
  const named = (spans: readonly Span[]) => spans.map((span) => withId(span, idOf));
  switch (element.kind) {
    case 'text':
    case 'context':
      return { ...element, spans: named(element.spans) };
    case 'list':
      return { ...element, items: element.items.map(named) };
    case 'fields':
      return {
        ...element,
        fields: element.fields.map((field) => ({ ...field, value: named(field.value) })),
      };
    default:
      return element;
  }
}

function withId(span: Span, idOf: ReadonlyMap<string, string>): Span {
  if (span.kind !== 'mention' || !isHandle(span)) return span;
  const id = idOf.get((span.ids.slack ?? '').toLowerCase());
  return id === undefined ? { kind: 'text', text: span.name } : { ...span, ids: { ...span.ids, slack: id } };
}
