import { expect, test } from 'vitest';
import { readLineItem } from '../../../src/sources/openai/line-item.ts';

test.each([
  ['gpt-4o-2024-08-06, input', 'gpt-4o-2024-08-06', 'input'],
  ['gpt-5.5-2026-04-23, cached input', 'gpt-5.5-2026-04-23', 'cached input'],
  ['priority | gpt-5.6-sol, output, long context', 'gpt-5.6-sol', 'output long context'],
  ['gpt-audio-mini-2025-12-15 audio, input', 'gpt-audio-mini-2025-12-15', 'audio input'],
  ['computer-use-preview, output', 'computer-use-preview', 'output'],
  ['ft:gpt-4o-mini-2024-07-18:acme::AbC1, input', 'ft:gpt-4o-mini-2024-07-18:acme::AbC1', 'input'],
  ['o3, input', 'o3', 'input'],
  ['whisper-1', 'whisper-1', undefined],
  ['dall-e-3', 'dall-e-3', undefined],
])('%s names %s', (line, model, meter) => {
  expect(readLineItem(line)).toEqual({ model, ...(meter && { meter }) });
});

test.each([
  'web search tool calls',
  'web search tool calls, high context',
  'assistants api | file search',
  'Vector storage',
  'completions',
  '',
  undefined,
])('%s names no model', (line) => {
  expect(readLineItem(line)).toEqual({});
});
