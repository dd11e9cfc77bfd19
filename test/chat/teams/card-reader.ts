/** What a person sees of a card, and what of it is live, by the rules of CommonMark rather than our renderer's. */
import { entitiesOf, isJson, type Json, nodesOf, textOf } from './adaptive-card.ts';

/** What a reader sees, in order. */
export function visible(card: unknown): string {
  return shown(card).join(' ').replaceAll('\u2060', '').replaceAll('\u00A0', ' ');
}

function shown(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(shown);
  if (!isJson(node) || node.isVisible === false) return [];
  switch (node.type) {
    case 'TextBlock':
      return [readMarkdown(textOf(node.text)).text];
    case 'TextRun':
      return [textOf(node.text)];
    case 'RichTextBlock':
      return [(Array.isArray(node.inlines) ? node.inlines : []).flatMap(shown).join('')];
    case 'Image':
      return [textOf(node.altText)];
    case 'Action.Execute':
    case 'Action.Submit':
      return [textOf(node.title)];
    case 'Input.Text':
      return [node.label, node.value, node.placeholder].map(textOf).filter(Boolean);
    case 'Input.ChoiceSet':
      return [textOf(node.label), ...(node.choices as Json[]).map(({ title }) => textOf(title))];
    case 'Input.Date':
      return [textOf(node.label)];
    default:
      return Object.entries(node).flatMap(([key, value]) =>
        ['refresh', 'msteams', 'fallback', 'data'].includes(key) ? [] : shown(value),
      );
  }
}

/** Mentions ("@" and the id), links (their address) and marks that would come alive anywhere in the card. */
export function liveParts(card: unknown): string[] {
  if (!isJson(card)) return ['not a card'];
  const ids = new Map(
    entitiesOf(card).map(({ text, mentioned }) => [text, isJson(mentioned) ? textOf(mentioned.id) : '']),
  );
  return nodesOf({ body: card.body, actions: card.actions }).flatMap((node) => {
    // Clients replace dates in texts, labels and titles of choices; what is filled in stays as it is.
    const choices = Array.isArray(node.choices) ? (node.choices as Json[]).map(({ title }) => title) : [];
    const dates = [node.text, node.label, ...choices].flatMap((value) =>
      /\{\{\s*(DATE|TIME)/i.test(textOf(value)) ? ['a date'] : [],
    );
    switch (node.type) {
      case 'TextBlock':
        return [
          ...dates,
          ...readMarkdown(textOf(node.text)).live.map((part) =>
            part.startsWith('<at>') ? `@${ids.get(part) ?? part}` : part,
          ),
        ];
      case 'Input.ChoiceSet':
        return [
          ...dates,
          ...choices.flatMap((title) => readMarkdown(textOf(title)).live.map((part) => `choice: ${part}`)),
        ];
      case 'TextRun':
        return [...dates, ...(isJson(node.selectAction) ? [textOf(node.selectAction.url)] : [])];
      case 'FactSet':
        return ['markdown in facts'];
      default:
        return dates;
    }
  });
}

/** Reads CommonMark's inline marks, and Teams' tags: what is escaped is text, what is not is live. Bold stays unmentioned. */
export function readMarkdown(
  markdown: string,
  { inside = false } = {},
): { readonly text: string; readonly live: readonly string[] } {
  const live: string[] = [];
  let text = '';
  let rest = markdown;
  // Within a bold run nothing is at the start of a line.
  if (!inside && /^\s*([-+*]\s|#|>|\d+[.)]\s|```|={3}|-{3})/.test(rest))
    live.push(`line: ${rest.slice(0, 10)}`);
  while (rest) {
    const escaped = /^\\([!-/:-@[-`{-~])/.exec(rest);
    const entity = /^&(amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+|\w+);/i.exec(rest);
    const mention = /^<at>.*?<\/at>/.exec(rest);
    const link = /^\[((?:\\.|[^\]\\])*)\]\(([^()\s]+)\)/.exec(rest);
    const bold = /^(\*\*|_)(?=\S)((?:\\.|[^*_\\])+)(?<=\S)\1/.exec(rest);
    const address = /^(?:https?:\/\/|www\.)[^\s\u2060]+/.exec(rest);
    const taken = escaped ?? entity ?? mention ?? link ?? bold ?? address;
    if (escaped) text += escaped[1];
    else if (entity) {
      const known = { amp: '&', lt: '<', gt: '>' }[entity[1] ?? ''];
      if (known === undefined) live.push(entity[0]);
      text += known ?? entity[0];
    } else if (mention) {
      live.push(mention[0]);
      text += mention[0].slice(4, -5);
    } else if (link) {
      live.push(link[2] ?? '');
      text += readMarkdown(link[1] ?? '').text;
    } else if (bold) {
      const inner = readMarkdown(bold[2] ?? '', { inside: true });
      live.push(...inner.live);
      text += inner.text;
    } else if (address) {
      live.push(address[0]);
      text += address[0];
    } else {
      const character = rest[0] ?? '';
      if ('*`<>~'.includes(character) || (character === '_' && !/\w$/.test(text)))
        live.push(`mark ${character}`);
      text += character;
    }
    rest = rest.slice(taken?.[0].length ?? 1);
  }
  return { text, live };
}
