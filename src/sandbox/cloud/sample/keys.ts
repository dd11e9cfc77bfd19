/** The sample organisation's accounts at vendors of language models, and the keys of its own gateway. */
import { code, LOWER } from '../../sample-org/random.ts';
import type { AnthropicSeed } from '../anthropic/index.ts';
import type { LiteLlmSeed } from '../litellm/index.ts';
import type { OpenAiSeed } from '../openai/index.ts';
import type { Billed } from './billed.ts';
import { grouped } from './grouped.ts';

/** A project for each name on the bill, with the limits of its models and a key of its own. */
export function sampleOpenAi(billed: readonly Billed[]): Omit<OpenAiSeed, 'adminKey'> {
  return {
    projects: [...grouped(billed, ({ name }) => name)].map(([name, charges]) => ({
      id: `proj_${code(`openai|${name}`, 20, LOWER)}`,
      name,
      rateLimits: [...new Set(charges.map(modelOf))].map((model) => ({
        id: `rl-${model}`,
        model,
        max_requests_per_1_minute: 5_000,
        max_tokens_per_1_minute: 2_000_000,
      })),
      keys: [
        { id: `key_${code(`openai key|${name}`, 16, LOWER)}`, name: `${name} service`, serviceAccount: name },
      ],
    })),
  };
}

export function sampleAnthropic(billed: readonly Billed[]): Omit<AnthropicSeed, 'adminKey'> {
  const names = [...new Set(billed.map(({ name }) => name))];
  const idOf = (name: string) => `wrkspc_01${code(`anthropic|${name}`, 20, LOWER)}`;
  return {
    earlyAccess: true,
    workspaces: names.map((name) => ({ id: idOf(name), name })),
    keys: names.map((name) => ({
      id: `apikey_01${code(`anthropic key|${name}`, 20, LOWER)}`,
      name,
      workspace: idOf(name),
    })),
  };
}

/** The gateway hands a key to each product that asks OpenAI or Anthropic through it. */
export function sampleLiteLlm(billed: readonly Billed[]): Omit<LiteLlmSeed, 'masterKey'> {
  return {
    keys: [...grouped(billed, ({ name }) => name)].map(([name, [first]]) => ({
      token: code(`litellm|${name}`, 64),
      key_alias: name,
      team_id: first?.line.team ?? null,
      blocked: false,
    })),
  };
}

/** "gpt-4.1-2025-04-14" of "gpt-4.1-2025-04-14, input". */
function modelOf({ item }: Billed): string {
  return item.split(',')[0] ?? item;
}
