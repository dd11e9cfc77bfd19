/** Models of team assistant: copilot, captions and writing helpers; most of the tokens are here. */
import type { ModelSeed } from '../types.ts';
import { bucket, data, nightly, retrain, serve, tokens } from '../uses.ts';

const team = 'assistant';

/** Days before today on which listing-writer moved to the bigger model; see incidents.ts. */
export const LISTING_WRITER_SWITCH = 26;

/** The same tokens before and after the switch: only the price a token changes. */
const LISTING_TOKENS = { in: 1050, cached: 260, out: 240 };

export const ASSISTANT_MODELS: readonly ModelSeed[] = [
  {
    name: 'support-copilot',
    title: 'Support copilot',
    team,
    owner: 'sana',
    growth: 0.06,
    uses: [
      // Bought through the marketplace: arrives untagged, the inference profile tells whose it is.
      ...tokens(
        'aws-claude-sonnet',
        'support-copilot',
        { in: 1250, cached: 2600, out: 205 },
        { tagging: 'rule' },
      ),
      ...tokens(
        'claude-sonnet',
        'support-copilot-dev',
        { in: 90, out: 18 },
        { tagging: 'rule', environment: 'dev', shape: 'burst' },
      ),
      serve('aws-host-g5-xl', 'support-copilot-rerank', 1050, { tags: { feature: 'help-centre' } }),
    ],
  },
  {
    name: 'listing-writer',
    title: 'Listing writer',
    team,
    owner: 'oleg',
    growth: 0.05,
    uses: [
      ...tokens('gpt-4.1-mini', 'listing-writer-prod', LISTING_TOKENS, {
        tagging: 'rule',
        until: LISTING_WRITER_SWITCH,
      }),
      ...tokens('gpt-4.1', 'listing-writer-prod', LISTING_TOKENS, {
        tagging: 'rule',
        from: LISTING_WRITER_SWITCH,
      }),
    ],
  },
  {
    name: 'whisper-captions',
    title: 'Whisper captions',
    team,
    owner: 'oleg',
    versioned: true,
    uses: [
      serve('azure-vm-nc4', 'whisper-captions-pool', 2700, { instances: 6 }),
      retrain('azure-train-nc24', 'whisper-captions-tune', 840),
      data('azure-blob', 'wrenfieldcaptions', 310),
    ],
  },
  {
    name: 'voice-agent',
    title: 'Voice agent',
    team,
    owner: 'sana',
    launched: 84,
    growth: 0.14,
    uses: [
      ...tokens('azure-gpt-4o', 'voice-agent', { in: 690, out: 120 }, { tags: { feature: 'phone-line' } }),
      serve('azure-vm-nc4', 'voice-agent-tts', 560, { instances: 2 }),
    ],
  },
  {
    name: 'rag-retriever',
    title: 'RAG retriever',
    team,
    owner: 'oleg',
    uses: [
      serve('aws-host-g5-xl', 'rag-retriever-prod', 1900),
      ...tokens('aws-nova-pro', 'rag-retriever', { in: 620, out: 90 }),
      ...bucket('wrenfield-help-corpus', 90),
    ],
  },
  {
    name: 'reply-suggest',
    title: 'Reply suggestions',
    team,
    owner: 'sana',
    uses: [
      ...tokens('azure-gpt-4o-mini', 'reply-suggest', { in: 3100, out: 720 }),
      nightly('aws-train-g5-12x', 'reply-suggest-eval', 360),
    ],
  },
  {
    name: 'intent-router',
    title: 'Intent router',
    team,
    owner: 'oleg',
    uses: [
      serve('aws-host-inf2', 'intent-router-prod', 720),
      retrain('aws-train-g5-12x', 'intent-router-retrain', 190),
    ],
  },
  {
    name: 'translate-m2m',
    title: 'Listing translation',
    team,
    owner: 'sana',
    uses: [
      serve('aws-ec2-g5-2x', 'translate-m2m-pool', 2100, { instances: 4, tagging: 'legacy' }),
      ...bucket('wrenfield-translations', 60, { tagging: 'legacy' }),
    ],
  },
];
