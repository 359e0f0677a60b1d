import type { ConversationGroup } from '../../insight/facts/group.ts';
import type { purposes } from './schema.ts';

/**
 * Whether a message of a purpose may be meant for a group: nobody sells to premium customers, who are thanked and looked after
 * (DOMAIN §6).
 */
export const maySell = (purpose: (typeof purposes)[number], group: ConversationGroup): boolean =>
  purpose !== 'sales' || group !== 'premium';
