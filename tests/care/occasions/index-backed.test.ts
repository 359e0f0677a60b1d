import { expect, test } from 'vitest';
import { listOccasions } from '../../../functions/care/occasions/list-occasions.ts';
import { occasionKinds } from '../../../functions/care/occasions/occasion-day.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { createTestStore } from '../../support/test-store.ts';

test.each([
  ['birthday', /^SEARCH p USING COVERING INDEX profile_answers_birthday \(answer=\? AND customer_id>\?\)$/],
  ['own', /^SEARCH p USING INDEX customer_days_day \(day=\? AND customer_id>\?\)$/],
  ['joined', /^SEARCH a USING INDEX accounts_joined \(<expr>>\? AND <expr><\?\)$/],
  ['first_order', /^SEARCH f USING COVERING INDEX account_facts_first \(first_on=\?\)$/],
] as const)(
  'days of the kind %s are found by an index, behind a customer, for the group that is meant',
  async (kind, search) => {
    expect(occasionKinds).toContain(kind);
    const span = { kind, from: '2026-02-20', until: '2026-03-21', audience: 'premium' } as const;
    const [steps = []] = await stepsIn(await createTestStore(), (db) =>
      listOccasions(db, {
        ...{ spans: [span], timeZone: 'Europe/Kyiv', after: 'a', limit: 5000 },
        groupsOn: { today: '2026-03-21', currency: 'EUR' },
      }),
    );
    expect(steps).toContainEqual(expect.stringMatching(search));
    const isSmall = /VIRTUAL TABLE|^SCAN CONSTANT ROW$|^SCAN (o|own|first|mark)$/;
    expect(steps.filter((step) => step.startsWith('SCAN') && !isSmall.test(step))).toEqual([]);
  },
);
