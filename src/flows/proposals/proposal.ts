/** A proposal as flows hand it on: commands know nothing of the store. */
export type { StoredItem, StoredProposal } from '../../store/proposals.ts';
