import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { assert } from '../../ground/platform/errors.ts';
import { setAbsence } from '../../people/managers/absences/set-absence.ts';
import { assignManager } from '../../people/managers/assign-manager.ts';
import { setStaffPicture } from '../../people/managers/profile/set-picture.ts';
import { setStaffProfile } from '../../people/managers/profile/set-profile.ts';
import { demoTimeZone } from './demo-order.ts';
import { company, household, people } from './people.ts';
import { portrait } from './portrait.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** Maryna and Petro say what customers see of them, and the owner gives each some. */
export function managerStories(now: number): DemoHappening[] {
  const at = now - 60 * DAY_MS;
  const run: DemoHappening['run'] = async (ctx) => {
    const [owner, maryna, petro] = await Promise.all([
      asColleague({ ...ctx, now: () => at }, 'olena'),
      asColleague({ ...ctx, now: () => at }, 'maryna'),
      asColleague({ ...ctx, now: () => at }, 'petro'),
    ]);
    await setStaffProfile(maryna, {
      staffId: maryna.actor.id,
      ...{ name: 'Maryna Bondar', phone: '+44 20 7946 0123', mail: 'maryna@fernandkettle.example' },
      hours: { en: 'Monday to Friday, 9 to 17', uk: 'З понеділка до п’ятниці, 9–17' },
      words: { en: 'Ask me about green tea and grinders.', uk: 'Питайте мене про зелений чай і кавомолки.' },
    });
    await setStaffPicture(maryna, {
      staffId: maryna.actor.id,
      bytes: Uint8Array.from(Buffer.from(portrait, 'base64')),
    });
    await setStaffProfile(petro, {
      ...{ staffId: petro.actor.id, name: 'Petro Marchuk', phone: '+44 20 7946 0124' },
    });
    const theirs: [{ email: string } | { name: string }, string, string | null][] = [
      [people.anna, maryna.actor.id, null],
      [{ name: household }, maryna.actor.id, null],
      [{ name: company }, maryna.actor.id, 'Knows the studio since its first machine'],
      [people.viktor, petro.actor.id, null],
    ];
    for (const [whose, manager, why] of theirs)
      await assignManager(owner, { accountId: await accountOf(ctx, whose), manager, why });
  };
  return [{ at, run }, petroIsAway(now)];
}

/** Petro is on holiday since yesterday, for a week, and Maryna stands in. */
function petroIsAway(now: number): DemoHappening {
  const at = now - 4 * DAY_MS;
  const run: DemoHappening['run'] = async (ctx) => {
    const moment = { ...ctx, now: () => at };
    const [maryna, petro] = [await asColleague(moment, 'maryna'), await asColleague(moment, 'petro')];
    const today = dayOf(now, demoTimeZone);
    await setAbsence(petro, {
      ...{ staff: petro.actor.id, standIn: maryna.actor.id },
      ...{ from: addDays(today, -1), until: addDays(today, 5) },
    });
  };
  return { at, run };
}

/** The own account of a person, or what several share, by its name without what was put behind it. */
async function accountOf(
  { db }: Parameters<DemoHappening['run']>[0],
  whose: { email: string } | { name: string },
): Promise<string> {
  const [row] = await db.fresh.read(
    'email' in whose
      ? {
          sql: 'SELECT a.id FROM customers AS c JOIN accounts AS a ON a.owner_id = c.id WHERE c.email = ?',
          args: [whose.email],
        }
      : {
          sql: `SELECT id FROM accounts WHERE kind = 'shared' AND name LIKE ? || '%' AND withdrawn_at IS NULL`,
          args: [whose.name],
        },
  );
  assert(row !== undefined, 'the demo has these accounts');
  return String(row[0]);
}
