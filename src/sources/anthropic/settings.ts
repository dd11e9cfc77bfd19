/** What can be written about Anthropic under sources: in pennywatch.yaml. */
import type * as z from 'zod';
import { field, mapping, name, oneOf, text } from '../../core/field.ts';
import { isBaseUrl } from '../admin-api.ts';

export const AnthropicSettings = mapping({
  organization: field(name("the organization's id or name").default('anthropic'), {
    type: 'text',
    meaning: 'Id of the organization, shown as the billing account; its reports do not say it.',
    fallback: 'anthropic',
  }),
  keyVariable: field(name('the name of a variable').default('ANTHROPIC_ADMIN_KEY'), {
    type: 'text',
    meaning: 'Variable of the environment that holds the admin key.',
    fallback: 'ANTHROPIC_ADMIN_KEY',
  }),
  baseUrl: field(text('an address such as https://api.anthropic.com', isBaseUrl).optional(), {
    type: 'address',
    meaning: 'Another address of the API: a gateway in front of it.',
    fallback: 'ANTHROPIC_BASE_URL, else https://api.anthropic.com',
  }),
  usage: field(
    oneOf(['yes', 'no'])
      .default('yes')
      .transform((word) => word === 'yes'),
    { type: 'yes or no', meaning: 'Whether tokens are read beside the costs.', fallback: 'yes' },
  ),
  keys: field(
    oneOf(['yes', 'no'])
      .default('no')
      .transform((word) => word === 'yes'),
    {
      type: 'yes or no',
      meaning: 'Whether usage is told apart by API key (costs cannot be).',
      fallback: 'no',
    },
  ),
});
export type AnthropicSettings = z.infer<typeof AnthropicSettings>;
