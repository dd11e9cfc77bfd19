/** Reads the model and the meter out of OpenAI's invoice lines, which are one text. */

export interface LineItem {
  readonly model?: string;
  /** "input", "cached input", "audio output" … */
  readonly meter?: string;
}

/** May stand between the model and the comma: "gpt-audio-mini audio, input". */
const MODALITIES: ReadonlySet<string> = new Set(['audio', 'image', 'realtime', 'text', 'video']);

/**
 * "gpt-4o-2024-08-06, cached input" → model and "cached input"; "priority | gpt-5, output, long context" likewise.
 * Lines of tools ("web search tool calls", "assistants api | file search") name no model.
 */
export function readLineItem(line: string | undefined): LineItem {
  const priced = line?.split('|').at(-1)?.trim() ?? '';
  const [head = '', ...rest] = priced.split(',').map((part) => part.trim());
  const [name = '', ...kinds] = head.split(/\s+/);
  // A name without a direction behind it is a model when it has a number: "dall-e-3", not "completions".
  const isModel =
    /^[a-z0-9][\w.:/-]*$/i.test(name) &&
    kinds.every((kind) => MODALITIES.has(kind.toLowerCase())) &&
    ((rest.length > 0 && kinds.length === 0) || /\d/.test(name));
  if (!isModel) return {};
  const meter = [...kinds, ...rest].join(' ');
  return { model: name, ...(meter && { meter }) };
}
