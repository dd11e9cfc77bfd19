/** Reads the content of a message (text, blocks) that an app sends, checked as Slack checks it. */
import { findSlackFile, processedImage } from './files.ts';
import { Refusal } from './refusal.ts';
import type { WorkspaceState } from './state.ts';
import { checkMessageBlocks, checkText } from './validate/message.ts';
import type { BlockFacts } from './validate/rules.ts';
import type { Block } from './wire.ts';

export interface Content {
  readonly text: string | undefined;
  readonly blocks: Block[] | undefined;
}

export function blockFacts(state: WorkspaceState, surface: BlockFacts['surface']): BlockFacts {
  return {
    surface,
    isReadyImage(reference) {
      const file = findSlackFile(state, reference);
      return file !== undefined && processedImage(state, file) !== undefined;
    },
  };
}

/** Refuses bad text and blocks; with neither it refuses with `no_text`. */
export function readContent(state: WorkspaceState, args: Readonly<Record<string, unknown>>): Content {
  const text = typeof args.text === 'string' ? args.text : undefined;
  const markdown = typeof args.markdown_text === 'string' ? args.markdown_text : undefined;
  if (markdown !== undefined && (text !== undefined || args.blocks !== undefined)) {
    throw new Refusal('markdown_text_conflict');
  }
  if (markdown !== undefined) return { text: markdown, blocks: [{ type: 'markdown', text: markdown }] };
  if (text !== undefined) checkText(text);
  const given = parseBlocks(args.blocks);
  const blocks = given === undefined ? undefined : checkMessageBlocks(given, blockFacts(state, 'message'));
  if (!text && (blocks === undefined || blocks.length === 0)) throw new Refusal('no_text');
  return { text, blocks };
}

/** Form posts carry blocks as a JSON string. */
function parseBlocks(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal('invalid_blocks_format');
  }
}
