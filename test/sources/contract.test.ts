/** Every registered source passes the contract. */
import { sources } from '../../src/sources/registry.ts';
import { testBillingSource } from '../contracts/billing-source.ts';
import { findStandIn } from './stand-in/find.ts';
import { truthOf } from './stand-in/truth-of.ts';

for (const source of sources)
  testBillingSource({
    source,
    start: async (options) => (await findStandIn(source.id))(options),
    truth: truthOf(source.id),
  });
