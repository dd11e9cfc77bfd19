/** What can be written about LiteLLM under sources: in pennywatch.yaml. */
import type * as z from 'zod';
import { field, mapping, name, names, oneOf, text } from '../../core/field.ts';
import { isBaseUrl } from '../admin-api.ts';

export const LiteLlmSettings = mapping({
  baseUrl: field(text('an address such as https://litellm.example.com', isBaseUrl).optional(), {
    type: 'address',
    meaning: 'Where the proxy is, without a path unless it runs below one.',
    fallback: 'LITELLM_BASE_URL',
  }),
  keyVariable: field(name('the name of a variable').default('LITELLM_MASTER_KEY'), {
    type: 'text',
    meaning: 'Variable of the environment that holds the master key, or a key of an admin who may only read.',
    fallback: 'LITELLM_MASTER_KEY',
  }),
  by: field(oneOf(['daily-activity', 'spend-logs']).default('daily-activity'), {
    type: 'daily-activity or spend-logs',
    meaning:
      'Where spend is read: sums per day, key and model (cheap), or every request (dear, and the only place with request tags).',
    fallback: 'daily-activity',
  }),
  tags: field(names('a list of tag keys').optional(), {
    type: 'list of text',
    meaning: 'Keys of request tags ("key:value") that are kept, with by: spend-logs.',
    fallback: 'all but those of user agents',
  }),
  count: field(
    oneOf(['yes', 'no'])
      .default('yes')
      .transform((word) => word === 'yes'),
    {
      type: 'yes or no',
      meaning:
        'Whether spend counts as cost. No: only tokens and requests are read, so that what the vendors bill is not counted twice.',
      fallback: 'yes',
    },
  ),
});
export type LiteLlmSettings = z.infer<typeof LiteLlmSettings>;
