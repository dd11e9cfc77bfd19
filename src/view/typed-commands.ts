/** Commands in messages as they are typed where the message is shown: "/cost help" in Slack, "@Pennywatch cost help" in Teams. */
import type { Element, Form, Span, View } from './elements.ts';

/** Where a message is shown, as far as it is known. */
export interface ShownIn {
  readonly platform: string;
  /** A conversation with the bot alone: nobody has to be mentioned there. */
  readonly direct?: boolean;
}

/** How messages are composed: what begins so is a command to be typed. */
const COMPOSED = '/cost ';

/**
 * Only spans and headings that begin with a command are touched: what people wrote in the middle of a text stays. Alone
 * with the bot in Teams there is no channel to share in, so nothing offers it.
 */
export function withTypedCommands(view: View, shown: ShownIn | undefined): View {
  const begin = beginning(shown);
  if (begin === COMPOSED) return view;
  const elements = shown?.direct ? view.elements.map(withoutSharing) : view.elements;
  return { ...view, elements: elements.map((one) => inElement(one, begin)) };
}

function withoutSharing(element: Element): Element {
  if (element.kind !== 'actions') return element;
  return { ...element, buttons: element.buttons.filter(({ action }) => action.do !== 'share') };
}

/** The same for what a dialog says above its fields. */
export function formWithTypedCommands(form: Form, shown: ShownIn | undefined): Form {
  const begin = beginning(shown);
  if (begin === COMPOSED || !form.intro) return form;
  return { ...form, intro: form.intro.map((span) => inSpan(span, begin)) };
}

function beginning(shown: ShownIn | undefined): string {
  if (shown?.platform !== 'teams') return COMPOSED;
  return shown.direct ? 'cost ' : '@Pennywatch cost ';
}

function inElement(element: Element, begin: string): Element {
  const inSpans = (spans: readonly Span[]) => spans.map((span) => inSpan(span, begin));
  switch (element.kind) {
    case 'heading':
      return { ...element, text: typed(element.text, begin) };
    case 'text':
    case 'context':
      return { ...element, spans: inSpans(element.spans) };
    case 'list':
      return { ...element, items: element.items.map(inSpans) };
    case 'fields':
      return {
        ...element,
        fields: element.fields.map((field) => ({ ...field, value: inSpans(field.value) })),
      };
    case 'table':
    case 'chart':
    case 'actions':
    case 'divider':
      return element;
  }
}

function inSpan(span: Span, begin: string): Span {
  return span.kind === 'text' ? { ...span, text: typed(span.text, begin) } : span;
}

function typed(text: string, begin: string): string {
  return text.startsWith(COMPOSED) ? `${begin}${text.slice(COMPOSED.length)}` : text;
}
