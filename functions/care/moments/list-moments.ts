import { allow } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { CareMoment, MomentName } from '../../ground/settings/moment.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listSetAt } from '../../money/business/list-set-at.ts';
import { policyOf, textInForce } from '../../money/business/policies.ts';
import { mailKey } from '../../people/texts/mail-key.ts';
import { countMails, countTasks, sumThanks } from './queries.ts';

/** What moments did is told of so many days. */
export const COUNTED_DAYS = 30;

/** What a moment did in the last 30 days. */
export interface MomentCounts {
  /** Mails that were written, and what became of them. */
  written: number;
  sent: number;
  /** Let be, as their readers want it so. */
  withheld: number;
  failed: number;
  /** Tasks that were given to the team, and how many of them were done. */
  tasks: number;
  tasksDone: number;
  /** What was given, in minor units of `currency`. */
  givenMinor: bigint;
}

/** A moment as it is set, and what it did. */
export interface MomentState {
  name: MomentName;
  purpose: CareMoment['purpose'];
  isOn: boolean;
  /** When it was switched last; null while it is as it came. */
  setAt: number | null;
  /** What else is decided about it, by the last part of its key. */
  settings: { name: string; value: string; standard: string }[];
  /** The keys of what its mails say. */
  texts: string[];
  counts: MomentCounts;
}

/** All moments, of every room, with the currency of what they gave. @throws {AppError} `forbidden`, `scope_missing` */
export async function listMoments(ctx: Context): Promise<{ items: MomentState[]; currency: string | null }> {
  allow(ctx.actor, 'customers:read');
  const { moments } = ctx.house;
  const since = ctx.now() - COUNTED_DAYS * DAY_MS;
  const names = JSON.stringify(moments.map(({ name }) => name));
  const [business, setAt, mails, tasks, thanks] = await Promise.all([
    getBusiness(ctx),
    listSetAt(ctx.db, { keys: JSON.stringify(moments.map(({ isOn }) => isOn.key)) }),
    countMails(ctx.db, { names, since }),
    countTasks(ctx.db, { names, since }),
    sumThanks(ctx.db, { since }),
  ]);
  const items = moments.map((moment): MomentState => {
    const { name, purpose, isOn } = moment;
    const mail = mails.find((one) => one.moment === name);
    const task = tasks.find((one) => one.moment === name);
    return {
      name,
      purpose,
      isOn: policyOf(business, isOn) === 'on',
      setAt: setAt.find(({ key }) => key === isOn.key)?.setAt ?? null,
      settings: moment.settings.map((policy) => ({
        name: partOf(policy.key),
        value: textInForce(business, policy),
        standard: String(policy.standard),
      })),
      texts: textsOfMoment(ctx, moment),
      counts: {
        written: mail?.written ?? 0,
        sent: mail?.sent ?? 0,
        withheld: mail?.withheld ?? 0,
        failed: mail?.failed ?? 0,
        tasks: task?.given ?? 0,
        tasksDone: task?.done ?? 0,
        givenMinor: name === 'social_thanks' ? (thanks?.givenMinor ?? 0n) : 0n,
      },
    };
  });
  return { items, currency: business.currency };
}

/** The name of a setting within its moment. */
export const partOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1);

const textsOfMoment = ({ house }: Pick<Context, 'house'>, { templates }: CareMoment): string[] =>
  templates.flatMap((template) =>
    (house.letters.get(template)?.own?.cases ?? []).map((name) => mailKey(template, name)),
  );
