/** Reads Adaptive Cards as a person does: what they show, and what can be clicked. Knows nothing of our renderer. */

// biome-ignore lint/suspicious/noExplicitAny: Adaptive Card JSON, read field by field in tests
export type Json = any;

/** Everything a card shows, a line per element, in order; what is not visible is left out. */
export function textOfCard(card: Json): string {
  return linesOf(card).join('\n');
}

/** What a message of the bot shows: its cards, else its text. */
export function textOfMessage(activity: Json): string {
  const cards = (activity.attachments ?? []).map(({ content }: Json) => textOfCard(content));
  return cards.length > 0 ? cards.join('\n') : (activity.text ?? '');
}

function linesOf(part: Json): string[] {
  if (Array.isArray(part)) return part.flatMap(linesOf);
  if (!part || typeof part !== 'object' || part.isVisible === false) return [];
  switch (part.type) {
    case 'TextBlock':
      return [String(part.text ?? '')];
    case 'RichTextBlock':
      return [
        (part.inlines ?? []).map((one: Json) => (typeof one === 'string' ? one : (one.text ?? ''))).join(''),
      ];
    case 'Image':
      return [String(part.altText ?? '')];
    case 'FactSet':
      return (part.facts ?? []).flatMap(({ title, value }: Json) => [String(title), String(value)]);
    case 'Input.ChoiceSet':
      return [...labels(part), ...(part.choices ?? []).map(({ title }: Json) => String(title))];
    default:
      break;
  }
  if (String(part.type).startsWith('Action.')) return part.title ? [String(part.title)] : [];
  if (String(part.type).startsWith('Input.')) return labels(part);
  return ['body', 'items', 'columns', 'rows', 'cells', 'actions'].flatMap((key) =>
    key === 'columns' && part.type === 'Table' ? [] : linesOf(part[key]),
  );
}

function labels({ label, title, value }: Json): string[] {
  return [label, title, value].filter((words) => typeof words === 'string' && words !== '');
}

/** Every action of a card that can be clicked, in order; those in an overflow too. */
export function actionsOf(card: Json): Json[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf);
  if (!card || typeof card !== 'object' || card.isVisible === false) return [];
  if (String(card.type).startsWith('Action.')) {
    return card.type === 'Action.ShowCard' ? [card, ...actionsOf(card.card)] : [card];
  }
  return [
    'selectAction',
    'inlineAction',
    'body',
    'items',
    'columns',
    'rows',
    'cells',
    'inlines',
    'actions',
  ].flatMap((key) => actionsOf(card[key]));
}

/** The action with this title. Throws when there is none, saying which there are. */
export function actionNamed(card: Json, title: string): Json {
  const actions = actionsOf(card);
  const found = actions.find((action) => action.title === title);
  if (found) return found;
  throw new Error(`No action "${title}" among ${actions.map((action) => `"${action.title}"`).join(', ')}`);
}

/** Values of a card's inputs as a person finds them, by input id. */
export function inputsOf(card: Json): Record<string, string> {
  const found: Record<string, string> = {};
  walk(card, (part) => {
    if (!String(part.type).startsWith('Input.') || typeof part.id !== 'string') return;
    if (part.type === 'Input.Toggle') found[part.id] = part.value ?? part.valueOff ?? 'false';
    else if (part.value !== undefined && part.value !== '') found[part.id] = String(part.value);
  });
  return found;
}

/** The id of the input that ends in this name. */
export function inputId(card: Json, name: string): string {
  const ids: string[] = [];
  walk(card, (part) => {
    if (String(part.type).startsWith('Input.')) ids.push(String(part.id));
  });
  const found = ids.find((id) => id === name || id.endsWith(`.${name}`));
  if (found === undefined) throw new Error(`No input "${name}" among ${ids.join(', ')}`);
  return found;
}

function walk(part: Json, visit: (part: Json) => void): void {
  if (!part || typeof part !== 'object') return;
  if (!Array.isArray(part)) visit(part);
  for (const value of Object.values(part)) walk(value, visit);
}
