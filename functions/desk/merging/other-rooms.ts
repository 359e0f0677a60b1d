import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { mergeContacts, splitContacts } from '../../care/contacts/merge-contacts.ts';
import { mergeHospitality, splitHospitality } from '../../care/hospitality/merge-hospitality.ts';
import { mergeMoments, splitMoments } from '../../care/moments/merge-moments.ts';
import { mergeDays, splitDays } from '../../care/occasions/merge-days.ts';
import { mergeRequests, splitRequests } from '../../care/order-requests/merge-requests.ts';
import { mergeReturns, splitReturns } from '../../care/returns/merge-returns.ts';
import { mergePins, splitPins } from '../../insight/levels/merge-pins.ts';
import { mergeWaivers, splitWaivers } from '../../money/waivers/merge-waivers.ts';
import { mergeManagers, splitManagers } from '../../people/managers/merge-managers.ts';
import { mergeOwnValues, splitOwnValues } from '../../people/own-fields/merge-own-values.ts';
import { mergePreferences, splitPreferences } from '../../people/preferences/merge-preferences.ts';
import { mergePapers, splitPapers } from '../../reach/papers/merge-papers.ts';

/** A merge, or its undoing, as other rooms are told of it. */
interface Told {
  id: string;
  survivorId: string;
  mergedId: string;
  now: number;
  actor: string;
}

/**
 * What other rooms keep of the merged customer follows: own fields, the place among key accounts, the account manager, what
 * they want to hear, contacts, days of their own, a waiver of the minimum order, what they had as gifts, what they asked for about orders and gave back, what was
 * invoiced to them, what they do for the business elsewhere.
 */
export function mergeInOtherRooms(told: Told): Statement[] {
  const remember = (kind: string) => (keys: Statement) =>
    statement(
      `INSERT INTO customer_merge_rows (merge_id, kind, row_key) SELECT ?, ?, * FROM (${keys.sql})`,
      ...[told.id, kind, ...keys.args],
    );
  return [
    ...mergeOwnValues(told, remember('own_field_values')),
    ...mergePins(told, remember('account_pins')),
    ...mergeManagers(told, remember('account_managers')),
    ...mergePreferences(told, remember),
    ...mergeWaivers(told),
    ...mergeContacts(told, remember('contacts')),
    ...mergeDays(told, remember('customer_days')),
    ...mergeHospitality(told, remember('hospitality_entries')),
    ...mergeRequests(told, remember('order_requests')),
    ...mergeReturns(told, remember('returns')),
    ...mergePapers(told, remember('paper_holders')),
    ...mergeMoments(told, remember('social_signs')),
  ];
}

/** It goes back, where nothing else was said since. */
export function splitInOtherRooms(told: Told): Statement[] {
  const kept = (kind: string) =>
    statement('SELECT row_key FROM customer_merge_rows WHERE merge_id = ? AND kind = ?', told.id, kind);
  return [
    splitOwnValues(told, kept('own_field_values')),
    splitPins(told, kept('account_pins')),
    splitManagers(told, kept('account_managers')),
    ...splitPreferences(told, kept),
    splitWaivers(told),
    ...splitContacts(told, kept('contacts')),
    splitDays(told, kept('customer_days')),
    splitHospitality(told, kept('hospitality_entries')),
    splitRequests(told, kept('order_requests')),
    splitReturns(told, kept('returns')),
    splitPapers(told, kept('paper_holders')),
    splitMoments(told, kept('social_signs')),
  ];
}
