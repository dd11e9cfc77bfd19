/** Slack's documented Block Kit rules, written down a second time, so that the renderer is not checked by its own numbers. */

type Json = Readonly<Record<string, unknown>>;

const BLOCKS = new Set([
  'header',
  'rich_text',
  'section',
  'table',
  'image',
  'actions',
  'context',
  'divider',
  'input',
]);

/** Everything Slack would refuse in a message (or, with `modal`, a dialog). */
export function blockKitProblems(
  blocks: readonly unknown[],
  surface: 'message' | 'modal' = 'message',
): string[] {
  const problems: string[] = [];
  const check = (fine: boolean, problem: string): void => void (fine || problems.push(problem));
  check(blocks.length <= (surface === 'modal' ? 100 : 50), `${blocks.length} blocks`);
  check(
    blocks.filter((block) => isJson(block) && block.type === 'table').length <= 1,
    'only_one_table_allowed',
  );
  check(lengthOf(blocks) <= 11_300, 'msg_blocks_too_long');
  const ids = blocks.flatMap((block) =>
    isJson(block) && typeof block.block_id === 'string' ? [block.block_id] : [],
  );
  check(new Set(ids).size === ids.length, 'block_id twice');

  for (const block of blocks) {
    if (!isJson(block) || typeof block.type !== 'string' || !BLOCKS.has(block.type)) {
      problems.push(`unknown block ${JSON.stringify(block).slice(0, 60)}`);
      continue;
    }
    const of = (name: string): unknown[] => (Array.isArray(block[name]) ? block[name] : []);
    switch (block.type) {
      case 'header':
        check(
          between(textOf(block.text), 1, 150) && isJson(block.text) && block.text.type === 'plain_text',
          'header text',
        );
        break;
      case 'section':
        check(between(textOf(block.text), 1, 3_000), 'section text');
        break;
      case 'context':
        check(of('elements').length >= 1 && of('elements').length <= 10, 'context elements');
        check(
          of('elements').every((element) => between(textOf(element), 1, 3_000)),
          'context text',
        );
        break;
      case 'actions': {
        const ids = of('elements').map((element) => isJson(element) && element.action_id);
        check(ids.length >= 1 && ids.length <= 25 && new Set(ids).size === ids.length, 'actions elements');
        for (const element of of('elements')) {
          if (!isJson(element)) continue;
          check(between(textOf(element.text), 1, 75), 'button text');
          check(
            between(element.value, 1, 2_000) && between(element.action_id, 1, 255),
            'button value or action_id',
          );
          check([undefined, 'primary', 'danger'].includes(element.style as undefined), 'button style');
        }
        break;
      }
      case 'image':
        check(between(block.alt_text, 1, 2_000), 'image alt_text');
        check(isJson(block.slack_file) && typeof block.slack_file.id === 'string', 'image slack_file');
        break;
      case 'table': {
        const rows = of('rows') as unknown[][];
        check(rows.length >= 1 && rows.length <= 100, `table of ${rows.length} rows`);
        check(
          rows.every((row) => row.length >= 1 && row.length <= 20 && row.length === rows[0]?.length),
          'table cells in a row',
        );
        check(
          rows
            .flat()
            .every((cell) => isJson(cell) && cell.type === 'raw_text' && between(cell.text, 1, 10_000)),
          'table cell',
        );
        check(lengthOf(rows) <= 10_000, 'table characters');
        check(of('column_settings').length <= 20, 'column_settings');
        break;
      }
      case 'rich_text':
        check(of('elements').length >= 1, 'rich_text is empty');
        for (const element of of('elements')) problems.push(...richTextProblems(element));
        break;
      case 'input':
        problems.push(...inputProblems(block));
        break;
    }
  }
  return problems;
}

/** What a reader sees: block texts, cells, descriptions. */
export function visible(node: unknown): string {
  if (Array.isArray(node)) return node.map(visible).filter(Boolean).join(' ');
  if (!isJson(node)) return '';
  if (node.type === 'image') return String(node.alt_text);
  return Object.entries(node)
    .map(([key, value]) =>
      key === 'text' && typeof value === 'string' ? value : typeof value === 'object' ? visible(value) : '',
    )
    .filter(Boolean)
    .join(' ');
}

/** Characters of all texts in a structure. */
function lengthOf(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + lengthOf(item), 0);
  if (!isJson(node)) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) =>
      sum + (key === 'text' && typeof value === 'string' ? value.length : lengthOf(value)),
    0,
  );
}

/** Mentions, broadcasts, links and marks that Slack would bring to life, mrkdwn strings and `text` included. */
export function liveParts(message: { readonly text: string; readonly blocks: readonly unknown[] }): string[] {
  const found = (message.text.match(/<[^>]*>/g) ?? []).map((tag) => `text: ${tag}`);
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isJson(node)) return;
    if (node.type === 'user') found.push(`@${node.user_id}`);
    if (node.type === 'usergroup') found.push(`@${node.usergroup_id}`);
    if (node.type === 'broadcast' || node.type === 'channel' || node.type === 'emoji')
      found.push(String(node.type));
    if (node.type === 'link') found.push(String(node.url));
    if ((node.type === 'plain_text' && node.emoji !== false) || node.type === 'markdown')
      found.push(String(node.type));
    if (node.type === 'mrkdwn') found.push(...mrkdwnParts(node));
    for (const value of Object.values(node)) visit(value);
  };
  visit(message.blocks);
  return found;
}

/** A mrkdwn object may be exactly one mention or one link; anything else in it could be a value. */
function mrkdwnParts(node: Json): string[] {
  const markup = String(node.text);
  const mention = /^<@(U[A-Z0-9]+)>$/.exec(markup) ?? /^<!subteam\^(S[A-Z0-9]+)>$/.exec(markup);
  if (mention) return [`@${mention[1]}`];
  const link = /^<(https?:[^|<>]+)\|([^*_~`<>|]+)>$/.exec(markup);
  if (link && node.verbatim === true) return [String(link[1])];
  return [`mrkdwn: ${markup}`];
}

function richTextProblems(node: unknown): string[] {
  if (!isJson(node)) return ['rich_text element'];
  const children = Array.isArray(node.elements) ? node.elements : [];
  switch (node.type) {
    case 'rich_text_section':
    case 'rich_text_list':
    case 'rich_text_preformatted':
      return [
        ...(children.length === 0 ? [`${node.type} is empty`] : []),
        ...(lengthOf(node) > 3_000 ? [`${node.type} of ${lengthOf(node)} characters`] : []),
        ...children.flatMap(richTextProblems),
      ];
    case 'text':
      return between(node.text, 1, 3_000) ? [] : ['rich_text text'];
    case 'link':
      return between(node.text, 1, 3_000) && /^(https?:|mailto:)/.test(String(node.url))
        ? []
        : ['rich_text link'];
    case 'user':
      return /^[UW][A-Z0-9]+$/.test(String(node.user_id)) ? [] : ['rich_text user'];
    case 'usergroup':
      return /^S[A-Z0-9]+$/.test(String(node.usergroup_id)) ? [] : ['rich_text usergroup'];
    default:
      return [`rich_text ${String(node.type)}`];
  }
}

function inputProblems(block: Json): string[] {
  const element = isJson(block.element) ? block.element : {};
  const options = Array.isArray(element.options) ? element.options : [];
  return [
    ...(between(textOf(block.label), 1, 2_000) ? [] : ['input label']),
    ...(block.hint === undefined || between(textOf(block.hint), 1, 2_000) ? [] : ['input hint']),
    ...(between(block.block_id, 1, 255) ? [] : ['input block_id']),
    ...(element.placeholder === undefined || between(textOf(element.placeholder), 1, 150)
      ? []
      : ['placeholder']),
    ...(element.initial_value === undefined || between(element.initial_value, 1, 3_000)
      ? []
      : ['initial_value']),
    ...(element.type !== 'static_select' || (options.length >= 1 && options.length <= 100)
      ? []
      : ['options']),
    ...options.flatMap((option) =>
      isJson(option) && between(textOf(option.text), 1, 75) && between(option.value, 1, 75) ? [] : ['option'],
    ),
  ];
}

function textOf(node: unknown): unknown {
  return isJson(node) ? node.text : undefined;
}

function between(value: unknown, least: number, most: number): boolean {
  return typeof value === 'string' && value.length >= least && value.length <= most;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
