/**
 * What Teams takes of a message with a card, written down a second time, so that the renderer is not checked by its own
 * numbers: the public schema of Adaptive Cards 1.5, and Microsoft's limits for Teams.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

export type Json = Readonly<Record<string, unknown>>;

const SCHEMA = join(import.meta.dirname, '../../fixtures/chat/adaptive-card.1.5.0.ajv.json');
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let compiled: ValidateFunction | undefined;
function schema(): ValidateFunction {
  if (!compiled) {
    const { $schema: _, ...read } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Record<string, unknown>;
    compiled = new Ajv({ strict: false, validateFormats: false }).compile(read);
  }
  return compiled;
}

/** Everything Teams would refuse, drop without a word, or show broken in a message. */
export function messageProblems(message: unknown): string[] {
  if (!isJson(message)) return ['not a message'];
  const attachments = Array.isArray(message.attachments) ? message.attachments : [];
  const [first] = attachments;
  return [
    ...(message.type === 'message' ? [] : ['type is not "message"']),
    ...(textOf(message.summary) && textOf(message.summary).length <= 400 ? [] : ['summary']),
    ...(attachments.length === 1 && isJson(first) ? [] : ['not one attachment']),
    ...(isJson(first) && first.contentType === 'application/vnd.microsoft.card.adaptive'
      ? []
      : ['contentType']),
    ...(bytesOf(message) <= 80 * 1024 ? [] : [`${bytesOf(message)} bytes`]),
    ...cardProblems(isJson(first) ? first.content : undefined),
  ];
}

export function cardProblems(card: unknown): string[] {
  if (!isJson(card)) return ['not a card'];
  const problems: string[] = [];
  const check = (fine: boolean, problem: string): void => void (fine || problems.push(problem));
  const validate = schema();
  check(
    validate(plainCard(card)) === true,
    `schema: ${(validate.errors ?? [])
      .slice(0, 3)
      .map(({ instancePath, message }) => `${instancePath} ${message}`)
      .join('; ')}`,
  );
  check(card.version === '1.5', 'version');
  check(Array.isArray(card.body) && card.body.length > 0, 'an empty card');
  check(bytesOf(card) <= 80 * 1024, `${bytesOf(card)} bytes`);
  const nodes = nodesOf(card);
  const ids = nodes.flatMap(({ type, id }) =>
    typeof type === 'string' && typeof id === 'string' ? [id] : [],
  );
  check(new Set(ids).size === ids.length, 'an id twice');
  for (const node of nodes) problems.push(...nodeProblems(node));
  problems.push(...mentionProblems(card, nodes), ...refreshProblems(card.refresh));
  const pictures = nodes.filter(({ type }) => type === 'Image').map(({ url }) => textOf(url));
  check(
    pictures.reduce((sum, url) => sum + (url.startsWith('data:') ? url.length : 0), 0) <= 1_400_000,
    'pictures',
  );
  return problems;
}

function nodeProblems(node: Json): string[] {
  const problems: string[] = [];
  const check = (fine: boolean, problem: string): void => void (fine || problems.push(problem));
  const actions = Array.isArray(node.actions) ? node.actions : [];
  switch (node.type) {
    case 'ActionSet':
      check(actions.length >= 1, 'an empty ActionSet');
      break;
    case 'Action.Execute': {
      const { fallback, data, verb } = node;
      check(isJson(data) && typeof data.pw === 'string' && verb === data.pw, 'verb and data.pw differ');
      check(
        fallback === undefined ||
          (isJson(fallback) &&
            fallback.type === 'Action.Submit' &&
            JSON.stringify(fallback.data) === JSON.stringify(data)),
        'fallback of Action.Execute',
      );
      break;
    }
    case 'Image': {
      const url = textOf(node.url);
      check(
        /^https:\/\/|^http:\/\/127\.0\.0\.1|^data:image\/png;base64,/.test(url),
        `image ${url.slice(0, 40)}`,
      );
      check(textOf(node.altText) !== '', 'an image without words');
      break;
    }
    case 'RichTextBlock':
      check(Array.isArray(node.inlines) && node.inlines.length > 0, 'an empty RichTextBlock');
      break;
    case 'TextBlock':
      check(textOf(node.text) !== '', 'an empty TextBlock');
      check(node.wrap === true || node.isVisible === false, 'a TextBlock that is cut off');
      break;
    case 'Table': {
      const columns = Array.isArray(node.columns) ? node.columns.length : 0;
      const rows = Array.isArray(node.rows) ? (node.rows as Json[]) : [];
      check(rows.length >= 1 && rows.length <= 101 && columns >= 1, `table of ${rows.length} rows`);
      check(
        rows.every(({ cells }) => Array.isArray(cells) && cells.length === columns),
        'cells in a row',
      );
      break;
    }
    case 'Input.ChoiceSet':
      check(Array.isArray(node.choices) && node.choices.length > 0, 'nothing to choose');
      break;
  }
  check(actions.length <= 6, `${actions.length} actions: Teams shows six`);
  if (typeof node.type === 'string' && node.type.startsWith('Action.') && node.type !== 'Action.OpenUrl')
    check(textOf(node.title).trim() !== '' && textOf(node.title).length <= 80, 'title of an action');
  if (typeof node.type === 'string' && node.type.startsWith('Input.'))
    check(
      textOf(node.id).startsWith('in.') &&
        textOf(node.label) !== '' &&
        (!node.isRequired || !!node.errorMessage),
      'frame of an input',
    );
  return problems;
}

/** An entity for every mention in a text, and a text for every entity: else Teams shows the tag, or refuses the card. */
function mentionProblems(card: Json, nodes: readonly Json[]): string[] {
  const tags = nodes.flatMap(({ type, text }) =>
    type === 'TextBlock' ? (textOf(text).match(/<at>.*?<\/at>/g) ?? []) : [],
  );
  const entities = entitiesOf(card);
  return [
    ...tags.filter((tag) => !entities.some(({ text }) => text === tag)).map((tag) => `no entity for ${tag}`),
    ...entities.flatMap(({ text, mentioned }) => {
      const person = isJson(mentioned) ? mentioned : {};
      return [
        ...(tags.includes(textOf(text)) ? [] : [`no text for ${textOf(text)}`]),
        ...(GUID.test(textOf(person.id)) && text === `<at>${textOf(person.name)}</at>` ? [] : ['mentioned']),
      ];
    }),
  ];
}

function refreshProblems(refresh: unknown): string[] {
  if (refresh === undefined) return [];
  const ids = isJson(refresh) && Array.isArray(refresh.userIds) ? refresh.userIds : undefined;
  return ids && ids.length <= 60 && ids.every((id) => textOf(id).startsWith('29:')) ? [] : ['refresh'];
}

export function entitiesOf(card: Json): Json[] {
  const entities = isJson(card.msteams) ? card.msteams.entities : undefined;
  return Array.isArray(entities) ? entities.filter(isJson) : [];
}

/** Every object in a card, in the order a reader meets them; what a newer client does not show (fallbacks) left out. */
export function nodesOf(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (!isJson(node)) return [];
  return [
    node,
    ...Object.entries(node).flatMap(([key, value]) => (key === 'fallback' ? [] : nodesOf(value))),
  ];
}

/** UTF-16, without base64 pictures, as Microsoft counts. */
export function bytesOf(node: unknown): number {
  return 2 * JSON.stringify(node).replace(/"data:image\/[^"]*"/g, '""').length;
}

/** As the public schema knows it: without what is Teams' own. */
function plainCard(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plainCard);
  if (!isJson(node)) return node;
  if (textOf(node.type).startsWith('Chart.')) return plainCard(node.fallback);
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      key === 'msteams' ? [] : [[key, key === 'data' ? value : plainCard(value)]],
    ),
  );
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
