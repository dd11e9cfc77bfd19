/** Says in plain words what is wrong with text that is not YAML. */
import type { LineCounter, YAMLError } from 'yaml';
import type { Problem } from './problem.ts';

/** The parser's complaint with its line and that line's text. */
export function yamlProblem(mistake: YAMLError, text: string, lines: LineCounter): Problem {
  const all = text.split('\n');
  let { line } = lines.linePos(mistake.pos[0]);
  // What is missing at the end of the text is missed after its last line that says something.
  while (line > 1 && !all[line - 1]?.trim()) line--;
  const excerpt = (all[line - 1] ?? '').replaceAll('\t', '→').trimEnd();
  return { line, message: explain(mistake, text), excerpt };
}

function explain(mistake: YAMLError, text: string): string {
  const at = text.slice(mistake.pos[0], mistake.pos[0] + 1);
  switch (mistake.code) {
    case 'TAB_AS_INDENT':
      return 'found a tab (shown as →) before a value, expected spaces';
    case 'DUPLICATE_KEY':
      return `found the key "${word(text, mistake.pos[0])}" a second time, expected each key once`;
    case 'BAD_SCALAR_START':
      return `found text that starts with ${at}, expected it in quotes: "${at}…"`;
    case 'TAG_RESOLVE_FAILED':
      return `found a YAML tag (${word(text, mistake.pos[0])}), expected plain text, lists and mappings`;
    case 'MISSING_CHAR':
      return `found unfinished YAML (${lower(mistake.message)}), expected the missing character here or on the line before`;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'found a second ": " on one line, expected quotes around text that contains ": "';
    case 'BAD_INDENT':
      return `found wrong indentation or an unclosed bracket (${lower(mistake.message)})`;
    case 'MULTIPLE_DOCS':
      return 'found a second document (---), expected one';
    default:
      return `found text that is not YAML (${lower(mistake.message)}), expected "key: value"`;
  }
}

function word(text: string, offset: number): string {
  return text.slice(offset, offset + 60).split(/[:\s]/u)[0] ?? '';
}

function lower(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}
