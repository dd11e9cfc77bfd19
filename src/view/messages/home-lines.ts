/** Lines that the sections of the app's home are made of. */
import { type Button, bold, type Element, type Span, text } from '../elements.ts';

/** Rows of each list; the rest is counted, and one click away. */
export const SHOWN = 5;
export const BUTTONS = 4;

export function title(words: string, rest: string): Element {
  return { kind: 'text', spans: [bold(words), text(rest)] };
}

export function plain(words: string): Element {
  return { kind: 'text', spans: [text(words)] };
}

export function list(items: readonly (readonly Span[])[], left: number): Element {
  return { kind: 'list', items: left > 0 ? [...items, [text(`and ${left} more`)]] : items };
}

export function command(label: string, words: string): Button {
  return { label, action: { do: 'command', text: words } };
}
