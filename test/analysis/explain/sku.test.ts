import { describe, expect, it } from 'vitest';
import { isEgress, parseSku, type Sku, skuLabel, tokenSku } from '../../../src/analysis/explain/sku.ts';

function sku(overrides: Partial<Sku>): Sku {
  return { service: '', id: null, meter: null, description: null, model: null, ...overrides };
}

describe('what a SKU is called', () => {
  it.each([
    [{ meter: 'ml.p4d.24xlarge training', description: 'On Demand' }, 'ml.p4d.24xlarge training'],
    // A meter that says nothing without its model gives way to the line it stands in.
    [{ meter: 'cached input', description: 'gpt-4.1, cached input', id: 'x' }, 'gpt-4.1, cached input'],
    [{ meter: 'input' }, 'input'],
    [{ description: 'NC24ads A100 v4', id: 'ABC' }, 'NC24ads A100 v4'],
    [{ id: 'ABC' }, 'ABC'],
    [{}, null],
  ])('%j', (said, label) => {
    expect(skuLabel(sku(said))).toBe(label);
  });

  it('reads what the store keeps', () => {
    expect(parseSku('["Amazon Bedrock",null,"Nova Pro input tokens",null,7]')).toEqual(
      sku({ service: 'Amazon Bedrock', meter: 'Nova Pro input tokens', model: '7' }),
    );
    expect(parseSku(null)).toEqual(sku({}));
  });
});

describe('tokens', () => {
  it.each([
    ['gpt-4.1-2025-04-14, cached input', 'gpt-4.1-2025-04-14', 'cached_tokens'],
    ['gpt-4.1-mini-2025-04-14, output', 'gpt-4.1-mini-2025-04-14', 'output_tokens'],
    ['Claude Sonnet 4.5 cache read tokens', 'Claude Sonnet 4.5', 'cached_tokens'],
    ['Claude Sonnet 4.5 cache write tokens', 'Claude Sonnet 4.5', 'input_tokens'],
    ['gpt-4o-mini input global tokens', 'gpt-4o-mini', 'input_tokens'],
    ['Gemini 2.5 Flash text output', 'Gemini 2.5 Flash', 'output_tokens'],
    ['Titan Text Embeddings V2 input tokens', 'Titan Text Embeddings V2', 'input_tokens'],
  ])('%s', (meter, model, kind) => {
    expect(tokenSku(sku({ meter }))).toMatchObject({ kind });
    expect(tokenSku(sku({ meter }))?.model.replace(/ Text/, '')).toBe(model.replace(/ Text/, ''));
  });

  it('takes the model from its tag where a source sets it', () => {
    const line = {
      meter: 'uncached_input_tokens',
      description: 'Claude X Usage - Input Tokens',
      model: 'claude-x-1',
    };
    expect(tokenSku(sku(line))).toEqual({ model: 'claude-x-1', kind: 'input_tokens' });
    // Whose model it was bought for is no language model.
    expect(tokenSku(sku({ ...line, model: 'bert' }))).toMatchObject({ model: 'Claude X' });
    expect(tokenSku(sku({ meter: 'Kinesis stream input', model: 'bert' }))).toBeUndefined();
  });

  it.each(['ml.g5.xlarge hosting', 'data out to internet', 'GET requests', 'Kinesis stream input'])(
    'are not %s',
    (meter) => {
      expect(tokenSku(sku({ meter }))).toBeUndefined();
    },
  );
});

describe('data on its way out', () => {
  it.each([
    { service: 'AWS Data Transfer', meter: 'data out to internet' },
    { service: 'Amazon Elastic Compute Cloud', meter: 'USE1-DataTransfer-Out-Bytes' },
    { service: 'Bandwidth', description: 'Standard Data Transfer Out' },
    { service: 'Compute Engine', description: 'Network Internet Egress from EMEA to Americas' },
    { service: 'Amazon Elastic Compute Cloud', meter: 'NAT gateway data' },
  ])('%j', (said) => {
    expect(isEgress(sku(said))).toBe(true);
  });

  it.each([
    { service: 'Amazon SageMaker', meter: 'ml.g5.xlarge hosting' },
    { service: 'Amazon Simple Storage Service', meter: 'Standard storage' },
    { service: 'BigQuery', description: 'Analysis' },
  ])('is not %j', (said) => {
    expect(isEgress(sku(said))).toBe(false);
  });
});
