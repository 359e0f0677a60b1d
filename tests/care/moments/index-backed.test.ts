import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { listLapsed } from '../../../functions/care/moments/kinds/lapsed-call.ts';
import { listLate } from '../../../functions/care/moments/kinds/late-parcel.ts';
import { listPraised } from '../../../functions/care/moments/kinds/praise.ts';
import { listAnswered } from '../../../functions/care/moments/kinds/query-thanks.ts';
import { listDue } from '../../../functions/care/moments/kinds/reorder.ts';
import { listUnseenSince } from '../../../functions/care/moments/kinds/reward-unseen.ts';
import { listOnce } from '../../../functions/care/moments/kinds/second-purchase.ts';
import { listUnthanked } from '../../../functions/care/moments/kinds/social-thanks.ts';
import { listMails } from '../../../functions/care/moments/queries.ts';
import { findPost } from '../../../functions/care/moments/social/queries.ts';
import { listPlacesOfEach } from '../../../functions/money/accounts/places.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { createTestStore } from '../../support/test-store.ts';

const days = { from: '2026-02-20', until: '2026-02-27', after: 'a', today: '2026-03-01', currency: 'EUR' };
const span = { from: 1, until: 2, after: 'a' };

test.each<[string, (db: Store) => Promise<unknown>, RegExp]>([
  [
    'second purchases',
    (db) => listOnce(db, days),
    /^SEARCH x USING (COVERING )?INDEX account_facts_first \(first_on>\? AND first_on<\?\)$/,
  ],
  [
    'reorders',
    (db) => listDue(db, { ...days, restedSince: 1 }),
    /^SEARCH s USING INDEX attention_sayings_listed \(list=\?\)$/,
  ],
  [
    'late parcels',
    (db) => listLate(db, { ...days, placedFrom: 1 }),
    /^SEARCH (o|orders) USING INDEX orders_awaited \(placed_at>\?\)$/,
  ],
  [
    'questions',
    (db) => listAnswered(db, { ...span, now: 3 }),
    /^SEARCH k USING (COVERING )?INDEX cases_state \(state=\? AND changed_at>\?\)$/,
  ],
  [
    'calls',
    (db) => listAnswered(db, { ...span, now: 3 }),
    /^SEARCH k USING INDEX contacts_at \(at>\? AND at<\?\)$/,
  ],
  [
    'praise',
    (db) => listPraised(db, { ...span, name: 'referral_ask', now: 3, unless: sql`FALSE` }),
    /^SEARCH f USING (COVERING )?INDEX feedback_kind \(kind=\? AND at>\? AND at<\?\)$/,
  ],
  [
    'scores',
    (db) => listPraised(db, { ...span, name: 'referral_ask', now: 3, unless: sql`FALSE` }),
    /^SEARCH s USING INDEX survey_finishes_survey \(survey_id=\? AND at>\? AND at<\?\)$/,
  ],
  [
    'unseen rewards',
    (db) => listUnseenSince(db, { ...span, now: 3 }),
    /^SEARCH k USING (COVERING )?INDEX lots_dated \(dated_at>\? AND dated_at<\?\)$/,
  ],
  [
    'lapsed customers',
    (db) => listLapsed(db, { sinceDay: '2026-03-01', behind: { valueMinor: 1n, sayingId: 's' } }),
    /^SEARCH s USING INDEX attention_sayings_listed \(list=\?\)$/,
  ],
  [
    'signs',
    (db) => listUnthanked(db, { from: 1, now: 2, most: 3, after: 'a' }),
    /^SEARCH s USING INDEX social_signs_at \(at>\?\)$/,
  ],
  [
    'posts, by each spelling of their link,',
    (db) => findPost(db, 'https://x.com/ann/1'),
    /^SEARCH s USING INDEX social_signs_post \(link>\? AND link<\?\)$/,
  ],
  [
    'places of who may spend',
    (db) => listPlacesOfEach(db, ['a', 'b']),
    /^SEARCH memberships USING INDEX memberships_customer \(customer_id=\?\)$/,
  ],
  ['mails', (db) => listMails(db, { name: 'reorder' }), /^SEARCH o USING INDEX outbox_moment \(moment=\?\)$/],
])('%s are found by an index', async (_what, read, search) => {
  const steps = (await stepsIn(await createTestStore(), read)).flat();
  expect(steps).toContainEqual(expect.stringMatching(search));
  const isSmall = /VIRTUAL TABLE|^SCAN CONSTANT ROW$|^SCAN (mark|q|v|g|u|person|\(subquery-\d+\))\b/;
  expect(steps.filter((step) => step.startsWith('SCAN') && !isSmall.test(step))).toEqual([]);
});
