/** What can be written about OpenAI under sources: in pennywatch.yaml. */
import type * as z from 'zod';
import { field, mapping, name, oneOf, text } from '../../core/field.ts';
import { isBaseUrl } from '../admin-api.ts';

export const OpenAiSettings = mapping({
  organization: field(name('an organization id such as org-AbC123').optional(), {
    type: 'text',
    meaning: 'Id of the organization, shown as the billing account; what OpenAI names when it is left out.',
  }),
  keyVariable: field(name('the name of a variable').default('OPENAI_ADMIN_KEY'), {
    type: 'text',
    meaning: 'Variable of the environment that holds the admin key.',
    fallback: 'OPENAI_ADMIN_KEY',
  }),
  baseUrl: field(text('an address such as https://api.openai.com/v1', isBaseUrl).optional(), {
    type: 'address',
    meaning: 'Another address of the API: a gateway, or a region such as https://eu.api.openai.com/v1.',
    fallback: 'OPENAI_BASE_URL, else https://api.openai.com/v1',
  }),
  usage: field(
    oneOf(['yes', 'no'])
      .default('yes')
      .transform((word) => word === 'yes'),
    { type: 'yes or no', meaning: 'Whether tokens and requests are read beside the costs.', fallback: 'yes' },
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
export type OpenAiSettings = z.infer<typeof OpenAiSettings>;
